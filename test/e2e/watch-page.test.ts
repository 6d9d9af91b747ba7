import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listen } from '../../scripts/shared/serve-folders.js';
import { watchPage, watchRequests } from '../../scripts/shared/watch-page.js';
import { useBrowser, writePage } from './browser.js';

const anyone = { 'access-control-allow-origin': '*' };

describe('what watches the pages of all tests', () => {
  const { newPage, serve } = useBrowser();

  test('notices a request to another origin, and no other', async () => {
    using stranger = await listen((_, response) => void response.writeHead(200, anyone).end('strange'));
    const policy = `default-src 'none'; connect-src 'self' data: blob: ${stranger.origin}`;
    const server = await serve({ '/': writePage('') }, policy);
    const { page } = await newPage();
    const requests: string[] = [];
    await page.goto(`${server.origin}/index.html`);
    const complaints = watchPage(page, [server.origin]);
    watchRequests(page, [server.origin], (url) => requests.push(url));
    const request = (url: string) => page.evaluate(async (from) => (await fetch(from)).text(), url);

    await request('index.html');
    assert.equal(await request('data:,seven'), 'seven');
    const blob = await page.evaluate(() => URL.createObjectURL(new Blob(['seven'])));
    assert.equal(await request(blob), 'seven');
    assert.deepEqual(complaints, []);

    const foreign = `${stranger.origin}/?drawn=7`;
    assert.equal(await request(foreign), 'strange');
    assert.deepEqual(requests, [foreign]);
    assert.deepEqual(complaints, [`request to another origin: ${foreign}`]);
  });

  test('notices errors, and messages about them', async () => {
    const { page } = await newPage();
    const complaints = watchPage(page, []);
    await page.evaluate(() => {
      console.log('fine');
      console.error('broken');
      // Not in this task, which the test itself would see fail.
      setTimeout(() => {
        throw new Error('worse');
      });
      return new Promise((resolve) => setTimeout(resolve));
    });
    assert.equal(complaints.length, 2);
    assert.match(complaints[0], /^console: broken /);
    assert.equal(complaints[1], 'error: worse');
  });
});
