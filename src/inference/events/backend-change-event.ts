import type { Backend } from '../backend.js';

/** The network runs on another backend than before; `null` when it no longer runs at all. */
export class BackendChangeEvent extends Event {
  static readonly type = 'backendchange';
  readonly backend: Backend | null;

  constructor(backend: Backend | null) {
    super(BackendChangeEvent.type);
    this.backend = backend;
  }
}
