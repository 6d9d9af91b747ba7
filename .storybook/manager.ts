import { addons } from 'storybook/manager-api';
import { create, getPreferredColorScheme } from 'storybook/theming';

// On the site, the demo page is in the parent folder.
addons.setConfig({
  theme: create({
    base: getPreferredColorScheme(),
    brandTitle: 'digit-recognizer',
    brandUrl: '../',
    brandTarget: '_self',
  }),
});
