/**
 * Server rendering for the element tests: a command that renders markup with the built package in Node, as a site's
 * server would.
 */
import { existsSync } from 'node:fs';
import type { TestRunnerPlugin } from '@web/test-runner-core';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html, unsafeStatic } from 'lit/static-html.js';

const built = new URL('../../dist/define.js', import.meta.url);

let defined: Promise<unknown> | undefined;

function define(): Promise<unknown> {
  if (!existsSync(built)) throw new Error('There is no built package to render on a server. Run: npm run build');
  return (defined ??= import(built.href));
}

/** Renders a page's markup, with declarative shadow roots. */
export async function renderMarkup(markup: string): Promise<string> {
  await define();
  return collectResult(render(html`${unsafeStatic(markup)}`));
}

/** The web-test-runner plugin that offers the command `render-on-server`. */
export function serverRenderPlugin(): TestRunnerPlugin {
  return {
    name: 'server-render-command',
    executeCommand: ({ command, payload }) =>
      command === 'render-on-server' ? renderMarkup(payload as string) : undefined,
  };
}

/** With --watch, --debug and --coverage, modules are served individually: more than the 250 resources whose timings a browser keeps by default. */
const resourceTimings = '<script>performance.setResourceTimingBufferSize(5000)</script>';

/** The page for tests of elements that are rendered in the browser. */
export const plainPage = (testFramework: string): string =>
  `<!doctype html><html><body>${resourceTimings}<script type="module" src="${testFramework}"></script></body></html>`;

/** The module that the page of {@link hydratingPage} imports. */
export const hydrationSupport = '@lit-labs/ssr-client/lit-element-hydrate-support.js';

/**
 * The page for tests on server-rendered elements: hydration support must be loaded before Lit.
 * @param testFramework URL
 */
export function hydratingPage(testFramework: string): string {
  return `<!doctype html><html><body>
    ${resourceTimings}
    <script type="module">
      import '${hydrationSupport}';
      globalThis.renderOnServer = true;
      await import('${testFramework}');
    </script>
  </body></html>`;
}
