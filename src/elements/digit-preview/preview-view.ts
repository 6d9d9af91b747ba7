/** What a preview can show of an answer, in the order in which it is offered. */
export const views = ['input', 'steps', 'saliency', 'layer'] as const;

/** What a `<digit-preview>` shows of an answer. */
export type PreviewView = (typeof views)[number];
