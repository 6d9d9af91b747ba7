/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {number} round
 * @returns {Item[]} beginning with another one in each round, so that none always comes first
 */
export function rotate(items, round) {
  const start = round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
