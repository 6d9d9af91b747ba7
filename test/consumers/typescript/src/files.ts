import manifest from 'digit-recognizer/custom-elements.json' with { type: 'json' };
import description from 'digit-recognizer/package.json' with { type: 'json' };

export const modules: number = manifest.modules.length;
export const version: string = description.version;
