/** More bytes of the runtime and the model have arrived. */
export class LoadProgressEvent extends Event {
  static readonly type = 'progress';
  /** Bytes that have arrived. */
  readonly loaded: number;
  /** Bytes expected, as far as is known; 0 before anything is known. */
  readonly total: number;

  constructor(loaded: number, total: number) {
    super(LoadProgressEvent.type);
    this.loaded = loaded;
    this.total = total;
  }
}
