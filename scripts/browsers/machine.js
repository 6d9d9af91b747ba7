/** The browsers that `npm run test:browsers` runs, and what each needs of the machine. */
import { launchChromium } from '../../test/support/browsers/chromium.js';
import { hasSoftwareVulkan, launchFirefox } from '../../test/support/browsers/firefox.js';
import { launchWebKit, missingForWebKit } from '../../test/support/browsers/webkit.js';
import { findFirefox } from '../browser.js';

/** @import { DrivenBrowser } from '../../test/support/browsers/driven-page.js' */

/**
 * @typedef {object} Candidate
 * @property {'chromium' | 'firefox' | 'webkit'} name
 * @property {boolean} webgpu
 * @property {() => Promise<DrivenBrowser>} launch
 * @property {() => string | null} missing why it cannot be started here; null where it can
 */

const missingFirefox = () => (findFirefox() ? null : 'not installed; set FIREFOX_PATH where it is elsewhere');

/** @type {readonly Candidate[]} */
export const candidates = [
  { name: 'chromium', webgpu: false, launch: launchChromium, missing: () => null },
  { name: 'chromium', webgpu: true, launch: () => launchChromium({ webgpu: true }), missing: () => null },
  { name: 'firefox', webgpu: false, launch: launchFirefox, missing: missingFirefox },
  {
    name: 'firefox',
    webgpu: true,
    launch: () => launchFirefox({ webgpu: true }),
    missing: () => missingFirefox() ?? (hasSoftwareVulkan() ? null : 'mesa-vulkan-drivers is not installed'),
  },
  { name: 'webkit', webgpu: false, launch: launchWebKit, missing: missingForWebKit },
];
