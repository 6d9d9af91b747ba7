/** Adds or removes a custom state, for `:state()` selectors. */
export function setState(internals: ElementInternals, state: string, on: boolean): void {
  if (on) internals.states.add(state);
  else internals.states.delete(state);
}
