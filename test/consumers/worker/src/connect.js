/** Lets the page ask a worker for digits. @param {Worker} worker */
export function connect(worker) {
  // A worker that cannot be started tells once, perhaps before it is asked.
  const broken = new Promise((_, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  broken.catch(() => {});
  globalThis.readDigit = (strokes) => {
    const answer = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.digit));
      worker.postMessage(strokes);
    });
    return Promise.race([answer, broken]);
  };
}
