/**
 * Real pointer input for the element tests: a command that the browser itself turns into trusted pointer events,
 * by mouse, pen or touch, through the DevTools protocol.
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

/** @param {import('playwright-core').CDPSession} protocol @param {PointerPayload} payload */
async function playMouse(protocol, { pointerType, steps }) {
  let pressed = false;
  for (const { type, x, y, force = 0.5, button = 'left' } of steps) {
    if (type === 'cancel') throw new Error('Only touch can be cancelled.');
    if (type === 'down') pressed = true;
    await protocol.send('Input.dispatchMouseEvent', {
      type: /** @type {'mousePressed'} */ (mouseTypes[type]),
      x,
      y,
      pointerType: /** @type {'mouse' | 'pen'} */ (pointerType),
      button: pressed ? button : 'none',
      buttons: pressed && type !== 'up' ? { left: 1, right: 2, middle: 4 }[button] : 0,
      clickCount: type === 'move' ? 0 : 1,
      force: pointerType === 'pen' && pressed ? force : 0,
    });
    if (type === 'up') pressed = false;
  }
}

/** @param {import('playwright-core').CDPSession} protocol @param {PointerPayload} payload */
async function playTouch(protocol, { steps }) {
  /** @type {Map<number, { x: number, y: number, id: number }>} */
  const down = new Map();
  for (const { type, x, y, id = 0 } of steps) {
    if (type === 'up' || type === 'cancel') down.delete(id);
    else down.set(id, { x, y, id });
    await protocol.send('Input.dispatchTouchEvent', {
      type: /** @type {'touchStart'} */ (touchTypes[type]),
      touchPoints: type === 'cancel' ? [] : [...down.values()],
    });
  }
}

/** The web-test-runner plugin that offers the command `pointer`. */
export function pointerPlugin() {
  return {
    name: 'pointer-commands',
    /** @param {{ command: string, payload?: unknown, session: import('@web/test-runner-core').TestSession }} request */
    async executeCommand({ command, payload, session }) {
      if (command !== 'pointer') return undefined;
      const launcher = /** @type {import('@web/test-runner-playwright').PlaywrightLauncher} */ (session.browser);
      const protocol = await protocolSession(launcher.getPage(session.id));
      const input = /** @type {PointerPayload} */ (payload);
      await (input.pointerType === 'touch' ? playTouch : playMouse)(protocol, input);
      return true;
    },
  };
}
