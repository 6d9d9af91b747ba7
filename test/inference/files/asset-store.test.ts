import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import { modelAsset } from '../../../src/inference/files/asset.js';
import { AssetStore } from '../../../src/inference/files/asset-store.js';
import { assetUrls } from '../../../src/inference/files/assets.js';
import { catalog } from '../../../src/model/catalog.js';
import { collectGarbage } from '../../support/page.js';
import { failure, faulty } from '../support.js';

const { bytes, sha256 } = catalog.compact;
const ignore = () => undefined;

/** How often the page has fetched a URL. */
const fetches = (url: string): number => performance.getEntriesByName(url).length;

describe('AssetStore', () => {
  it('fetches a file once, however many request it', async () => {
    const store = new AssetStore();
    const asset = modelAsset(`${faulty('slow', assetUrls.compact.model)}?together`, { bytes, sha256 });
    const blobs = await Promise.all([store.load(asset, ignore), store.load(asset, ignore)]);
    blobs.push(await store.load(asset, ignore));
    expect(new Set(blobs).size).to.equal(1);
    // The browser records a fetch some time after it has ended.
    await waitUntil(() => fetches(asset.url) > 0, 'the fetch is recorded', { timeout: 10_000 });
    expect(fetches(asset.url)).to.equal(1);
  });

  it('reports progress to all who wait, including late ones', async () => {
    const store = new AssetStore();
    const asset = modelAsset(`${faulty('slow', assetUrls.compact.model)}?late`, { bytes, sha256 });
    const reports: number[][] = [[], [], []];
    const first = store.load(asset, (loaded) => reports[0].push(loaded));
    await store.load(asset, (loaded) => reports[1].push(loaded));
    await first;
    expect(reports[0]).to.deep.equal(reports[1]);
    await store.load(asset, (loaded) => reports[2].push(loaded));
    expect(reports[2]).to.deep.equal([bytes]);
  });

  it('does not keep whoever requests a file that has been downloaded', async () => {
    const store = new AssetStore();
    const asset = modelAsset(`${assetUrls.compact.model}?kept`, { bytes, sha256 });
    const requester = await (async (): Promise<WeakRef<object>> => {
      await store.load(asset, ignore);
      const late = { loaded: 0 };
      await store.load(asset, (loaded) => (late.loaded = loaded));
      expect(late.loaded).to.equal(bytes);
      return new WeakRef(late);
    })();
    for (let attempt = 0; attempt < 10 && requester.deref(); attempt += 1) {
      await nextFrame();
      await collectGarbage();
    }
    expect(requester.deref()).to.be.undefined;
    expect(await store.load(asset, ignore)).to.exist;
  });

  it('does not cache a failure: the next request fetches again', async () => {
    const store = new AssetStore();
    const asset = modelAsset(`${faulty('once', assetUrls.compact.model)}?store`, { bytes, sha256 });
    const failed = store.load(asset, ignore);
    expect((await failure(failed)).code).to.equal('network');
    const file = await store.load(asset, ignore);
    expect((await file.bytes()).byteLength).to.equal(bytes);
  });

  it("bypasses the browser's cache if the file was wrong before", async () => {
    const original = globalThis.fetch;
    const modes: (RequestCache | undefined)[] = [];
    globalThis.fetch = (input, init) => {
      modes.push(init?.cache);
      return original(input, init);
    };
    try {
      const store = new AssetStore();
      const asset = modelAsset(faulty('changed', assetUrls.compact.model), { bytes, sha256 });
      await failure(store.load(asset, ignore));
      await failure(store.load(asset, ignore));
      expect(modes).to.deep.equal(['default', 'reload']);
    } finally {
      globalThis.fetch = original;
    }
  });
});
