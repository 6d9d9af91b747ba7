/** How many changes can be undone. More of them only hold memory: nobody goes back so far by hand. */
export const LONGEST_HISTORY = 100;

/** A value with what can be undone and redone. Every state is kept whole: what they share costs nothing. */
export interface History<State> {
  /** The last {@link LONGEST_HISTORY} states before the present one. */
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** The history after a change. What was undone before can no longer be redone. */
export function record<State>(history: History<State>, present: State): History<State> {
  return { past: [...history.past, history.present].slice(-LONGEST_HISTORY), present, future: [] };
}

/** The history before the last change; the same one where there is nothing to undo. */
export function undo<State>(history: History<State>): History<State> {
  if (history.past.length === 0) return history;
  return {
    past: history.past.slice(0, -1),
    present: history.past[history.past.length - 1],
    future: [history.present, ...history.future],
  };
}

/** The history before the last undo; the same one where there is nothing to redo. */
export function redo<State>(history: History<State>): History<State> {
  if (history.future.length === 0) return history;
  return {
    past: [...history.past, history.present],
    present: history.future[0],
    future: history.future.slice(1),
  };
}
