/** Whether an event's target is a field that text goes into: its keys and what is pasted there are its own. */
export function isField(target: EventTarget | undefined): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Whether a key that reaches a recognizer was pressed on one of its parts, and not on something that a page has put in. */
export function isForParts(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const path = event.composedPath();
  if (isField(path[0])) return false;
  const inside = path.slice(0, path.indexOf(event.currentTarget!));
  return inside.some((node) => node instanceof Element && node.localName.startsWith('digit-'));
}
