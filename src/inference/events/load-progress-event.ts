/** Fired when more bytes of the runtime and the model have arrived. */
export class LoadProgressEvent extends Event {
  static readonly type = 'progress';
  /** Bytes received. */
  readonly loaded: number;
  /** Bytes expected, as far as known; 0 if unknown. */
  readonly total: number;

  constructor(loaded: number, total: number) {
    super(LoadProgressEvent.type);
    this.loaded = loaded;
    this.total = total;
  }
}
