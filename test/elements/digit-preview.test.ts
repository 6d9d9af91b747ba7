import { expect, html } from '@open-wc/testing';
import '../../src/define/digit-preview.js';
import type { DigitPreview } from '../../src/index.js';
import { fixture } from '../support/fixture.js';

const canvas = (preview: DigitPreview): HTMLCanvasElement => preview.shadowRoot!.querySelector('canvas')!;

describe('<digit-preview>', () => {
  it('shows each of the 784 values as one grey pixel', async () => {
    const image = Float32Array.from({ length: 784 }, (_, index) => (index % 256) / 255);
    const preview = await fixture<DigitPreview>(html`<digit-preview .image=${image}></digit-preview>`);
    const { width, height } = canvas(preview);
    expect([width, height]).to.deep.equal([28, 28]);
    const { data } = canvas(preview).getContext('2d')!.getImageData(0, 0, 28, 28);
    for (let pixel = 0; pixel < 784; pixel += 1) {
      const grey = pixel % 256;
      expect([...data.subarray(pixel * 4, pixel * 4 + 4)]).to.deep.equal([grey, grey, grey, 255]);
    }
  });

  it('is crisp at any size', async () => {
    const preview = await fixture<DigitPreview>(html`<digit-preview></digit-preview>`);
    preview.style.setProperty('--digit-preview-size', '280px');
    expect(getComputedStyle(canvas(preview)).imageRendering).to.equal('pixelated');
    expect(preview.getBoundingClientRect().width).to.equal(280);
  });

  it('is black, and says so in words, without a picture', async () => {
    const preview = await fixture<DigitPreview>(html`<digit-preview></digit-preview>`);
    expect(canvas(preview).ariaLabel).to.include('nothing yet');
    preview.image = new Float32Array(784).fill(1);
    await preview.updateComplete;
    expect(canvas(preview).ariaLabel).to.include('28 by 28 pixels');
    preview.image = null;
    await preview.updateComplete;
    expect(canvas(preview).ariaLabel).to.include('nothing yet');
    const { data } = canvas(preview).getContext('2d')!.getImageData(0, 0, 28, 28);
    expect(data.every((value, index) => value === (index % 4 === 3 ? 255 : 0))).to.be.true;
  });

  it('has nothing that axe complains of', async () => {
    await expect(await fixture(html`<digit-preview></digit-preview>`)).to.be.accessible();
  });
});
