/** The views of a `<digit-preview>`, in display order. */
export const views = ['input', 'steps', 'saliency', 'layer'] as const;

/** A view of a `<digit-preview>`. */
export type PreviewView = (typeof views)[number];
