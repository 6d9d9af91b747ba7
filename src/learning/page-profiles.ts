import { KeptProfile } from './kept-profile.js';
import { WriterProfile } from './writer-profile.js';

const profiles = new Map<string, WriterProfile>();

/**
 * Returns the page's shared profile for a name and a model.
 *
 * @param name under which it is stored on this device; '' for one that lives as long as the page
 */
export function pageProfile(name: string, model: string): WriterProfile {
  const key = JSON.stringify([name, model]);
  let profile = profiles.get(key);
  if (!profile) profiles.set(key, (profile = name === '' ? new WriterProfile() : new KeptProfile(name, model)));
  return profile;
}
