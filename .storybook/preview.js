/// <reference types="vite/client" />
import { setCustomElementsManifest } from '@storybook/web-components-vite';
import { html } from 'lit';
import { withActions } from 'storybook/actions/decorator';
import './preview.css';

// What is shown is what ships: the tags come from the built package, their documentation from its manifest.
const tags = import.meta.glob('../dist/define.js', { eager: true });
const manifests = import.meta.glob('../custom-elements.json', { eager: true, import: 'default' });
const [manifest] = Object.values(manifests);
if (!manifest || Object.keys(tags).length === 0) throw new Error('There is no built package. Run: npm run build');
setCustomElementsManifest(manifest);

/**
 * What the manifest says of an element before its members. The analyzer takes all of it for the summary.
 * @param {string} tag
 * @returns {string}
 */
function describeElement(tag) {
  const { modules } = /** @type {{ modules: { declarations: { tagName?: string, summary?: string }[] }[] }} */ (
    manifest
  );
  return modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === tag)?.summary ?? '';
}

/**
 * Members that a story does not set are documented, but have no control.
 * @type {import('storybook/internal/types').ArgTypesEnhancer}
 */
const controlArgumentsOnly = ({ argTypes, initialArgs }) =>
  Object.fromEntries(
    Object.entries(argTypes).map(([name, type]) => [name, name in initialArgs ? type : { ...type, control: false }]),
  );

/** @type {import('@storybook/web-components-vite').Preview} */
export default {
  tags: ['autodocs'],
  argTypesEnhancers: [controlArgumentsOnly],
  decorators: [
    withActions,
    (story, { globals }) =>
      html`<div class="sheet ${String(globals.colors)}" dir=${String(globals.direction)}>${story()}</div>`,
  ],
  initialGlobals: { colors: 'system', direction: 'ltr' },
  globalTypes: {
    colors: {
      description: 'Colours',
      toolbar: {
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'system', title: "The system's colours" },
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
    direction: {
      description: 'Writing direction',
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
  },
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    actions: { handles: ['input', 'change', 'digit-ink', 'digit-recognition', 'digit-status', 'digit-error'] },
    controls: { expanded: true, sort: 'requiredFirst' },
    docs: { extractComponentDescription: describeElement },
    options: {
      storySort: { order: ['digit-recognizer', 'digit-pad', 'digit-preview', 'digit-predictions'] },
    },
  },
};
