/** Whether an event's target is a field that text goes into: its keys and what is pasted there are its own. */
export function isField(target: EventTarget | undefined): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
