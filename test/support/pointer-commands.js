/**
 * Real pointer input for the element tests: a command that the browser itself turns into trusted pointer events,
 * by mouse, pen or touch, through the DevTools protocol; and one that collects what nobody holds.
 */

/**
 * @typedef {{ type: 'down' | 'move' | 'up' | 'cancel', x: number, y: number, id?: number, force?: number, button?: 'left' | 'right' | 'middle' }} PointerStep
 * `x` and `y` in CSS pixels of the viewport.
 * @typedef {{ pointerType: 'mouse' | 'pen' | 'touch', steps: PointerStep[] }} PointerPayload
 */

const mouseTypes = { down: 'mousePressed', move: 'mouseMoved', up: 'mouseReleased' };
const touchTypes = { down: 'touchStart', move: 'touchMove', up: 'touchEnd', cancel: 'touchCancel' };

/** Sessions of the DevTools protocol, one per page. @type {WeakMap<object, Promise<import('playwright-core').CDPSession>>} */
const protocolSessions = new WeakMap();

/** @param {import('playwright-core').Page} page */
function protocolSession(page) {
  let session = protocolSessions.get(page);
  if (!session) protocolSessions.set(page, (session = page.context().newCDPSession(page)));
  return session;
}

/** What is down on a page, from one command to the next. */
class Down {
  pressed = false;
  /** @type {Map<number, { x: number, y: number, id: number }>} */
  fingers = new Map();
}

/** @type {WeakMap<object, Down>} */
const downs = new WeakMap();

/** @param {object} protocol */
function downOn(protocol) {
  const down = downs.get(protocol) ?? new Down();
  downs.set(protocol, down);
  return down;
}

/** @param {import('playwright-core').CDPSession} protocol @param {PointerPayload} payload */
async function playMouse(protocol, { pointerType, steps }) {
  const down = downOn(protocol);
  for (const { type, x, y, force = 0.5, button = 'left' } of steps) {
    if (type === 'cancel') throw new Error('Only touch can be cancelled.');
    if (type === 'down') down.pressed = true;
    await protocol.send('Input.dispatchMouseEvent', {
      type: /** @type {'mousePressed'} */ (mouseTypes[type]),
      x,
      y,
      pointerType: /** @type {'mouse' | 'pen'} */ (pointerType),
      button: down.pressed ? button : 'none',
      buttons: down.pressed && type !== 'up' ? { left: 1, right: 2, middle: 4 }[button] : 0,
      clickCount: type === 'move' ? 0 : 1,
      force: pointerType === 'pen' && down.pressed ? force : 0,
    });
    if (type === 'up') down.pressed = false;
  }
}

/** @param {import('playwright-core').CDPSession} protocol @param {PointerPayload} payload */
async function playTouch(protocol, { steps }) {
  const { fingers } = downOn(protocol);
  for (const { type, x, y, id = 0 } of steps) {
    if (type === 'cancel') fingers.clear();
    else if (type === 'up') fingers.delete(id);
    else fingers.set(id, { x, y, id });
    await protocol.send('Input.dispatchTouchEvent', {
      type: /** @type {'touchStart'} */ (touchTypes[type]),
      // What touches; of a finger that is lifted, only that one.
      touchPoints: type === 'up' ? [{ x, y, id }] : [...fingers.values()],
    });
  }
}

/** The web-test-runner plugin that offers the commands `pointer` and `collect-garbage`. */
export function pointerPlugin() {
  return {
    name: 'pointer-commands',
    /** @param {{ command: string, payload?: unknown, session: import('@web/test-runner-core').TestSession }} request */
    async executeCommand({ command, payload, session }) {
      if (command !== 'pointer' && command !== 'collect-garbage') return undefined;
      const launcher = /** @type {import('@web/test-runner-playwright').PlaywrightLauncher} */ (session.browser);
      const protocol = await protocolSession(launcher.getPage(session.id));
      if (command === 'collect-garbage') {
        await protocol.send('HeapProfiler.collectGarbage');
        return true;
      }
      const input = /** @type {PointerPayload} */ (payload);
      await (input.pointerType === 'touch' ? playTouch : playMouse)(protocol, input);
      return true;
    },
  };
}
