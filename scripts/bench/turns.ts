/** Rotates items by the round, so that none always comes first. */
export function rotate<Item>(items: readonly Item[], round: number): Item[] {
  const start = round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
