/** The element around another, out of shadow roots and into slots, as it is laid out. */
function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  const { parentNode } = element;
  return parentNode instanceof ShadowRoot ? parentNode.host : element.parentElement;
}

function scrolls(element: Element, axis: 'overflowX' | 'overflowY'): boolean {
  return element === document.scrollingElement || /^(auto|scroll)$/.test(getComputedStyle(element)[axis]);
}

/** Scrolls what is nearest around an element and has room left, in each direction, as a finger on it would. */
export function scrollNearest(element: Element, left: number, top: number): void {
  let [x, y] = [left, top];
  for (let scroller = parentOf(element); scroller && (x !== 0 || y !== 0); scroller = parentOf(scroller)) {
    const before = { x: scroller.scrollLeft, y: scroller.scrollTop };
    scroller.scrollBy({
      left: scrolls(scroller, 'overflowX') ? x : 0,
      top: scrolls(scroller, 'overflowY') ? y : 0,
      behavior: 'instant',
    });
    if (scroller.scrollLeft !== before.x) x = 0;
    if (scroller.scrollTop !== before.y) y = 0;
  }
}
