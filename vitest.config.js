import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserArguments, ensureBrowser } from './scripts/browser.js';

const launchOptions = { executablePath: ensureBrowser(), args: browserArguments };

/**
 * @param {string} name
 * @param {import('playwright-core').BrowserContextOptions} contextOptions how the person has set the system
 * @returns {import('vitest/node').BrowserInstanceOption}
 */
const chromium = (name, contextOptions) => ({
  browser: 'chromium',
  name,
  provider: playwright({ launchOptions, contextOptions }),
});

/** Every story is a test: it is rendered, played, and looked at by axe, for each of these people. */
export default defineConfig({
  logLevel: 'error',
  // Else a dependency that a story has newly got is found in the middle of a run, and breaks it.
  optimizeDeps: { force: true },
  plugins: [storybookTest({ configDir: '.storybook' })],
  test: {
    testTimeout: 60_000,
    fileParallelism: false,
    onConsoleLog: (log) => !log.startsWith('Lit is in dev mode'),
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 1024, height: 800 },
      instances: [
        chromium('light', { colorScheme: 'light' }),
        chromium('dark', { colorScheme: 'dark', reducedMotion: 'reduce' }),
        chromium('forced colours', { forcedColors: 'active' }),
      ],
    },
  },
});
