/** How many changes can be undone. More would only use memory: nobody goes back that far by hand. */
const LONGEST_HISTORY = 100;

/** A value with its undo and redo states. Each state is kept whole, since states share their structure. */
export interface History<State> {
  /** The last {@link LONGEST_HISTORY} states before the present one. */
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** Returns the history after a change, which discards the redo states. */
export function record<State>(history: History<State>, present: State): History<State> {
  return { past: [...history.past, history.present].slice(-LONGEST_HISTORY), present, future: [] };
}

/** Returns the history before the last change; the same object if there is nothing to undo. */
export function undo<State>(history: History<State>): History<State> {
  if (history.past.length === 0) return history;
  return {
    past: history.past.slice(0, -1),
    present: history.past[history.past.length - 1],
    future: [history.present, ...history.future],
  };
}

/** Returns the history before the last undo; the same object if there is nothing to redo. */
export function redo<State>(history: History<State>): History<State> {
  if (history.future.length === 0) return history;
  return {
    past: [...history.past, history.present],
    present: history.future[0],
    future: history.future.slice(1),
  };
}
