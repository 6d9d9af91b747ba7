/** A recording of ONNX Runtime, as plain data that the page passes to Node as JSON. */
export interface Recording {
  /** Number of values of one image. */
  readonly inputLength: number;
  /** The model's outputs in order, with their number of values per image. */
  readonly outputs: readonly { readonly name: string; readonly length: number }[];
  /** WGSL of each shader module. */
  readonly shaders: readonly string[];
  readonly pipelines: readonly RecordedPipeline[];
  /** All buffers ever created. */
  readonly buffers: readonly RecordedBuffer[];
  readonly runs: readonly RecordedRun[];
}

export interface RecordedPipeline {
  readonly shader: number;
  readonly entryPoint: string;
  /** Values of the shader's `override` declarations. */
  readonly constants: Readonly<Record<string, number>>;
}

export interface RecordedBuffer {
  /** In bytes. */
  readonly size: number;
  /** Whether the page can map it for reading. */
  readonly readable: boolean;
  /** Contents before the first recorded run, in base64; null if it did not exist then, or the page maps it. */
  readonly contents: string | null;
}

export interface RecordedRun {
  /** Number of images. */
  readonly batch: number;
  /** In the GPU's order of execution. */
  readonly commands: readonly RecordedCommand[];
}

export type RecordedCommand =
  /** Creates a buffer of zeros. */
  | { readonly type: 'create'; readonly buffer: number }
  /** Writes the images to the start of a buffer. */
  | { readonly type: 'input'; readonly buffer: number }
  | { readonly type: 'write'; readonly buffer: number; readonly offset: number; readonly bytes: string }
  | { readonly type: 'clear'; readonly buffer: number; readonly offset: number; readonly size: number }
  | {
      readonly type: 'copy';
      readonly source: number;
      readonly sourceOffset: number;
      readonly destination: number;
      readonly destinationOffset: number;
      readonly size: number;
    }
  | {
      readonly type: 'dispatch';
      readonly pipeline: number;
      readonly bindings: readonly RecordedBinding[];
      readonly workgroups: readonly [number, number, number];
    };

/** A buffer, or a part of it, as bound at `@group(0) @binding(binding)`. */
export interface RecordedBinding {
  readonly binding: number;
  readonly buffer: number;
  readonly offset: number;
  readonly size: number;
}
