/** Whether an event's target is an editable field, to which its keys and pastes belong. */
export function isField(target: EventTarget | undefined): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
