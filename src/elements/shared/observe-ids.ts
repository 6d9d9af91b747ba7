import { sharedObserver } from './shared-observer.js';

/** Tells when an id may have come to stand for another element of a tree. */
export const observeIds = sharedObserver({ childList: true, subtree: true, attributes: true, attributeFilter: ['id'] });
