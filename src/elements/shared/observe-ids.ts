import { sharedObserver } from './shared-observer.js';

/** Notifies when an id may refer to another element of a tree. */
export const observeIds = sharedObserver({ childList: true, subtree: true, attributes: true, attributeFilter: ['id'] });
