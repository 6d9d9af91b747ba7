/// <reference types="vite/client" />
import { setCustomElementsManifest, type Decorator, type Preview } from '@storybook/web-components-vite';
import { html } from 'lit';
import { withActions } from 'storybook/actions/decorator';
import type { ArgTypesEnhancer } from 'storybook/internal/types';
import { getPreferredColorScheme, themes } from 'storybook/theming';
// The sources in development, the built package on the site.
import 'digit-recognizer/define';
// Runs models by URL.
import 'digit-recognizer/onnxruntime';
import { elementArgTypes } from './element-arg-types.js';
import { elements, findElement, manifest } from './manifest.js';
import './docs.css';
import './preview.css';

setCustomElementsManifest(manifest);

/** Returns an element's description in the manifest, all of which the analyzer puts into the summary. */
const describeElement = (tag: string): string => findElement(tag)?.summary ?? '';

/** Members that a story does not set are documented, but have no control. */
const controlArgumentsOnly: ArgTypesEnhancer = ({ argTypes, initialArgs }) =>
  Object.fromEntries(
    Object.entries(argTypes).map(([name, type]) => [name, name in initialArgs ? type : { ...type, control: false }]),
  );

/** Shows a story in the color scheme and writing direction set in the toolbar, or by the story itself. */
const withSheet: Decorator = (story, { globals }) =>
  html`<div class="sheet ${String(globals.colors)}" dir=${String(globals.direction)}>${story()}</div>`;

const scheme = getPreferredColorScheme();

const preview: Preview = {
  tags: ['autodocs'],
  argTypesEnhancers: [controlArgumentsOnly],
  decorators: [withActions, withSheet],
  initialGlobals: { colors: 'system', direction: 'ltr' },
  globalTypes: {
    colors: {
      description: 'Colors',
      toolbar: {
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'system', title: "The system's colors" },
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
    actions: {
      handles: [...new Set(elements.flatMap(({ events = [] }) => events.map(({ name }) => name)))],
    },
    controls: { expanded: true, sort: 'requiredFirst' },
    docs: {
      extractArgTypes: elementArgTypes,
      extractComponentDescription: describeElement,
      theme: themes[scheme],
      source: { excludeDecorators: true, dark: scheme === 'dark' },
    },
    options: {
      storySort: {
        order: [
          'Getting started',
          'Recipes',
          'Frameworks',
          'Theming',
          'Models',
          'How it works',
          'Accessibility',
          'Errors',
          'Privacy and security',
          'digit-recognizer',
          'digit-pad',
          'digit-preview',
          'digit-predictions',
          'Teaching',
          'Pictures',
          'Interactions',
        ],
      },
    },
  },
};
export default preview;
