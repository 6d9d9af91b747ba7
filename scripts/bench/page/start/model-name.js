/** The model that is measured, as the page's address has it. */
export const modelName = new URLSearchParams(location.search).get('model') ?? 'compact';
