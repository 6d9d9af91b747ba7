const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#fff"/><path d="M10 8h20L18 32" fill="none" stroke="#000" stroke-width="3"/></svg>';

/** A picture that is decoded on request, once per call. */
export interface SlowPicture {
  readonly source: HTMLImageElement;
  /** The number of calls that have neither been decoded nor failed. */
  waiting(): number;
  /** Decodes, or fails to decode, the earliest call. */
  decode(): void;
  fail(): void;
}

/** A picture of a seven, 40 by 40 pixels. */
export async function slowPicture(): Promise<SlowPicture> {
  const source = new Image();
  source.src = `data:image/svg+xml,${encodeURIComponent(SVG)}`;
  await source.decode();
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  source.decode = () => new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
  return {
    source,
    waiting: () => waiting.length,
    decode: () => waiting.shift()?.resolve(),
    fail: () => waiting.shift()?.reject(new Error('It is damaged.')),
  };
}
