import { bootstrapApplication } from '@angular/platform-browser';
import 'digit-recognizer/cdn';
import { App } from './app';
import { FormApp } from './form-app';

// The component of the README at #plain, and one for Angular's forms.
bootstrapApplication(location.hash === '#plain' ? App : FormApp).catch((error: unknown) => console.error(error));
