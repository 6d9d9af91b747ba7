/** Lets the page ask a worker for digits. @param {Worker} worker */
export function connect(worker) {
  globalThis.readDigit = (strokes) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.digit));
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(strokes);
    });
}
