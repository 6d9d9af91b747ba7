import { importOnce } from '../model/import-once.js';
import { RecognitionError } from '../sources/recognition-error.js';
import { WriterProfile } from './writer-profile.js';

const importKept = importOnce(() => import('./kept-profile.js'), 'stores profiles', RecognitionError);

const profiles = new Map<string, WriterProfile>();

/**
 * Returns the page's shared profile for a name and a model.
 *
 * @param name under which it is stored on this device; '' for one that lives as long as the page
 * @throws {RecognitionError} `network` if the code that stores profiles could not be fetched
 */
export async function pageProfile(name: string, model: string): Promise<WriterProfile> {
  const open = name === '' ? null : (await importKept()).openKeptProfile;
  const key = JSON.stringify([name, model]);
  let profile = profiles.get(key);
  if (!profile) profiles.set(key, (profile = open?.(WriterProfile, name, model) ?? new WriterProfile()));
  return profile;
}
