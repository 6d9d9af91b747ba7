/** Pictures, small and as a camera takes them, from pixels to the 28x28 that the network takes. */
import { caller } from '../../call-page.js';
import type { Context } from '../context.js';
import { toFigure, type Bar, type Figure, type Outcome } from '../figures.js';

/** With a processor that is slowed down six times. */
const slowed = 6;

const sizes = [
  { name: '280x280', width: 280, height: 280, limit: 100 },
  { name: '12 megapixels', width: 4000, height: 3000, limit: 600 },
];

export async function measurePictures({ browser, server, options, report }: Context): Promise<Outcome> {
  const page = await browser.open(`${server.origin}/pictures/index.html`);
  try {
    const call = caller<typeof import('../page/pictures.js')>(page);
    const figures: Figure[] = [];
    for (const { name, width, height } of sizes) {
      const times = await call('normalizePhotograph', width, height, options.quick ? 3 : 20);
      figures.push(toFigure(`a photograph of ${name}`, 'ms', times));
      report(name);
    }
    const bars = sizes.map(({ name, limit }, index): Bar => ({
      name: `a photograph of ${name}, median`,
      unit: 'ms',
      value: figures[index].median,
      relation: 'at most',
      limit,
    }));
    return { figures, ...(options.throttle >= slowed && { bars }) };
  } finally {
    await page.close();
  }
}
