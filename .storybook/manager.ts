import { addons } from 'storybook/manager-api';
import { create, getPreferredColorScheme } from 'storybook/theming';

// The site has the demo page one folder above.
addons.setConfig({
  theme: create({
    base: getPreferredColorScheme(),
    brandTitle: 'digit-recognizer',
    brandUrl: '../',
    brandTarget: '_self',
  }),
});
