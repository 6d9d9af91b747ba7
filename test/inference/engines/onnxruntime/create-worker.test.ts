import { expect } from '@open-wc/testing';
import { createImportingWorker } from '../../../../src/inference/engines/onnxruntime/create-worker.js';
import { WorkerConnection } from '../../../../src/inference/engines/onnxruntime/worker-connection.js';

/** The blob URLs that `action` creates and does not revoke. */
async function urlsLeft(action: () => Promise<unknown>): Promise<Set<string>> {
  const left = new Set<string>();
  const createObjectURL = URL.createObjectURL.bind(URL);
  const revokeObjectURL = URL.revokeObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    const url = createObjectURL(blob);
    left.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    left.delete(url);
    revokeObjectURL(url);
  };
  try {
    await action();
  } finally {
    Object.assign(URL, { createObjectURL, revokeObjectURL });
  }
  return left;
}

const script = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

describe('createImportingWorker', () => {
  it('revokes its blob URL when the worker is closed before its first message', async () => {
    const left = await urlsLeft(async () => {
      const url = script('');
      const connection = new WorkerConnection(createImportingWorker(url), url);
      const answer = connection.send('start', {} as never, 10_000).catch((error: unknown) => error);
      connection.close();
      expect(await answer).to.have.property('code', 'worker');
    });
    expect(left).to.be.empty;
  });

  it('revokes it at the first message', async () => {
    const url = script('postMessage({ type: "result", id: 1 })');
    const connections: WorkerConnection[] = [];
    const left = await urlsLeft(async () => {
      const connection = new WorkerConnection(createImportingWorker(url), url);
      connections.push(connection);
      await connection.send('start', {} as never, 10_000);
    });
    expect(left).to.be.empty;
    connections[0].close();
  });
});
