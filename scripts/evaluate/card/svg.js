/** Pictures as SVG, for light and dark pages alike. Pure: data in, text out. */

/** @typedef {string | number} Value */

/** @param {Value} text */
export const escapeText = (text) =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Two decimals are finer than any screen shows. @param {Value} value */
const attributeText = (value) => escapeText(typeof value === 'number' ? Math.round(value * 100) / 100 : value);

/**
 * @param {string} name
 * @param {Record<string, Value>} attributes
 * @param {...string} children
 */
export function element(name, attributes, ...children) {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(value)}"`);
  const open = `<${name}${list.join('')}`;
  return children.length > 0 ? `${open}>${children.join('')}</${name}>` : `${open}/>`;
}

/**
 * @param {Value} content
 * @param {number} x
 * @param {number} y
 * @param {string} classes of the style sheet below
 * @param {Record<string, Value>} attributes
 */
export const text = (content, x, y, classes = '', attributes = {}) =>
  element('text', { x, y, ...(classes && { class: classes }), ...attributes }, escapeText(content));

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {string} classes */
export const line = (x1, y1, x2, y2, classes) => element('line', { x1, y1, x2, y2, class: classes });

/** @param {number} x @param {number} y @param {...string} content */
export const moved = (x, y, ...content) =>
  element('g', { transform: `translate(${attributeText(x)} ${attributeText(y)})` }, ...content);

/** How many colours tell series apart. */
export const seriesColors = 5;

/** @param {Record<string, string>} colors */
const rules = ({ paper, ink, muted, rule, warn, ...series }) => `
.paper{fill:${paper}}.ink,text{fill:${ink}}.muted{fill:${muted}}
.rule{stroke:${rule};fill:none}.axis{stroke:${muted};fill:none}.warn{fill:${warn}}
${Object.entries(series)
  .map(([name, color]) => `.${name}{fill:${color}}.${name}-line{stroke:${color};fill:none}`)
  .join('')}`;

const light = {
  paper: '#ffffff',
  ink: '#1f2328',
  muted: '#59636e',
  rule: '#d1d9e0',
  warn: '#e16f24',
  s0: '#0969da',
  s1: '#bc4c00',
  s2: '#1a7f37',
  s3: '#8250df',
  s4: '#9a6700',
};
const dark = {
  paper: '#0d1117',
  ink: '#f0f6fc',
  muted: '#9198a1',
  rule: '#3d444d',
  warn: '#db6d28',
  s0: '#4493f8',
  s1: '#f0883e',
  s2: '#3fb950',
  s3: '#ab7df8',
  s4: '#d29922',
};

const styles = `
text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif}
.title{font-size:14px;font-weight:600}.strong{font-weight:600}.small{font-size:10.5px}.tiny{font-size:9px}
.middle{text-anchor:middle}.end{text-anchor:end}.dashed{stroke-dasharray:4 4}.thick{stroke-width:2}
${rules(light)}
@media (prefers-color-scheme:dark){${rules(dark)}}
`;

/**
 * A whole picture, on paper of its own, so that it can be read on any page.
 * @param {number} width
 * @param {number} height
 * @param {string} title for those who cannot see it
 * @param {...string} content
 */
export const picture = (width, height, title, ...content) =>
  `${element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
    element('title', {}, escapeText(title)),
    element('style', {}, styles.replaceAll('\n', '')),
    element('rect', { width, height, rx: 6, class: 'paper' }),
    ...content,
  )}\n`;
