/** What is recorded of ONNX Runtime, as plain data: the page hands it to Node as JSON. */
export interface Recording {
  /** Values of one picture. */
  readonly inputLength: number;
  /** The model's outputs in their order, with their values for one picture. */
  readonly outputs: readonly { readonly name: string; readonly length: number }[];
  /** WGSL of each shader module. */
  readonly shaders: readonly string[];
  readonly pipelines: readonly RecordedPipeline[];
  /** All buffers that were ever created. */
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
  /** What it held before the first recorded run, in base64; null if it was not there then, or the page maps it. */
  readonly contents: string | null;
}

export interface RecordedRun {
  /** How many pictures it was given. */
  readonly batch: number;
  /** In the order in which the GPU takes them. */
  readonly commands: readonly RecordedCommand[];
}

export type RecordedCommand =
  /** A fresh buffer; it holds zeros. */
  | { readonly type: 'create'; readonly buffer: number }
  /** The pictures are written to the start of a buffer. */
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
