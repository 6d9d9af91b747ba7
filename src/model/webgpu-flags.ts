/** The used flags of https://www.w3.org/TR/webgpu/#namespacedef-gpubufferusage, which TypeScript lacks. */
export const bufferUsage = {
  mapRead: 0x1,
  mapWrite: 0x2,
  copySource: 0x4,
  copyTarget: 0x8,
  uniform: 0x40,
  storage: 0x80,
};

/** The flags of https://www.w3.org/TR/webgpu/#namespacedef-gpumapmode. */
export const mapMode = { read: 0x1, write: 0x2 };
