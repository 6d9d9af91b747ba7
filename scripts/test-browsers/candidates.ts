/** The browsers of `npm run test:browsers`, and what each needs of the machine. */
import { launchChromium } from '../../test/support/browsers/chromium.js';
import type { DrivenBrowser } from '../../test/support/browsers/driven-page.js';
import { hasSoftwareVulkan, launchFirefox } from '../../test/support/browsers/firefox.js';
import { launchWebKit, missingForWebKit } from '../../test/support/browsers/webkit.js';
import { findFirefox } from '../shared/find-browser.js';

export interface Candidate {
  readonly name: 'chromium' | 'firefox' | 'webkit';
  readonly webgpu: boolean;
  readonly launch: () => Promise<DrivenBrowser>;
  /** Why it cannot be launched here; null if it can. */
  readonly missing: () => string | null;
}

const missingFirefox = (): string | null =>
  findFirefox() ? null : 'not installed; set FIREFOX_PATH if it is elsewhere';

export const candidates: readonly Candidate[] = [
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
