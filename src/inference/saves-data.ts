/** Whether the user prefers to save data: https://wicg.github.io/savedata/. */
export function savesData(): boolean {
  const { connection } = (globalThis.navigator ?? {}) as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
