import type { openKeptProfile } from './kept-profile.js';
import { WriterProfile } from './writer-profile.js';

const profiles = new Map<string, WriterProfile>();

/**
 * Returns the page's shared profile for a name and a model.
 *
 * @param open opens a profile that is stored on this device; null for one that lives as long as the page
 */
export function pageProfile(name: string, model: string, open: typeof openKeptProfile | null): WriterProfile {
  const key = JSON.stringify([name, model]);
  let profile = profiles.get(key);
  if (!profile) profiles.set(key, (profile = open?.(WriterProfile, name, model) ?? new WriterProfile()));
  return profile;
}
