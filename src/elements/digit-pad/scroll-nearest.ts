/** Returns the parent of an element in the flat tree. */
function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  const { parentNode } = element;
  return parentNode instanceof ShadowRoot ? parentNode.host : element.parentElement;
}

function isScrollable(element: Element, axis: 'overflowX' | 'overflowY'): boolean {
  return element === document.scrollingElement || /^(auto|scroll)$/.test(getComputedStyle(element)[axis]);
}

/** Scrolls, on each axis, the nearest ancestor with room left, as a finger on the element would. */
export function scrollNearest(element: Element, left: number, top: number): void {
  let [x, y] = [left, top];
  for (let scroller = parentOf(element); scroller && (x !== 0 || y !== 0); scroller = parentOf(scroller)) {
    const before = { x: scroller.scrollLeft, y: scroller.scrollTop };
    scroller.scrollBy({
      left: isScrollable(scroller, 'overflowX') ? x : 0,
      top: isScrollable(scroller, 'overflowY') ? y : 0,
      behavior: 'instant',
    });
    if (scroller.scrollLeft !== before.x) x = 0;
    if (scroller.scrollTop !== before.y) y = 0;
  }
}
