import { cpSync } from 'node:fs';

cpSync('node_modules/digit-recognizer/dist/cdn', 'public/digit-recognizer', { recursive: true });
