import type { Backend } from '../backend.js';

/** Fired when the network runs on another backend than before; `null` if it no longer runs. */
export class BackendChangeEvent extends Event {
  static readonly type = 'backendchange';
  readonly backend: Backend | null;

  constructor(backend: Backend | null) {
    super(BackendChangeEvent.type);
    this.backend = backend;
  }
}
