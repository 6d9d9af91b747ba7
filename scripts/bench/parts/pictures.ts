/** Pictures, small and as a camera takes them, from pixels to the network's 28x28. */
import { openPage, type Context } from '../context.js';
import { toBar, toFigure, type Bar, type Figure, type Outcome } from '../figures.js';

/** The CPU throttling that the limits are for. */
const throttleOfLimits = 6;

const sizes = [
  { name: '280x280', width: 280, height: 280, limit: 100 },
  { name: '12 megapixels', width: 4000, height: 3000, limit: 600 },
];

export async function measurePictures(context: Context): Promise<Outcome> {
  const { options, report } = context;
  await using page = await openPage<typeof import('../page/pictures.js')>(context, '/pictures/');
  const figures: Figure[] = [];
  const bars: Bar[] = [];
  for (const { name, width, height, limit } of sizes) {
    const times = await page.call('normalizePhotograph', width, height, options.quick ? 3 : 20);
    const figure = toFigure(`a photograph of ${name}`, 'ms', times);
    figures.push(figure);
    bars.push(toBar(`${figure.name}, median`, 'ms', figure.median, 'at most', limit));
    report(name);
  }
  return { figures, ...(options.throttle >= throttleOfLimits && { bars }) };
}
