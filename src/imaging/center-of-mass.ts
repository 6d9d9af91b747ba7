import type { Plane } from './plane.js';

/**
 * Returns the first moments over the zeroth, measured from the plane's edge (the first pixel spans 0..1); null without
 * mass.
 */
export function centerOfMass({ data, width, height }: Plane): { x: number; y: number } | null {
  let mass = 0;
  let momentX = 0;
  let momentY = 0;
  for (let row = 0, index = 0; row < height; row++) {
    let rowMass = 0;
    for (let column = 0; column < width; column++, index++) {
      rowMass += data[index];
      momentX += data[index] * column;
    }
    mass += rowMass;
    momentY += rowMass * row;
  }
  return mass > 0 ? { x: momentX / mass + 0.5, y: momentY / mass + 0.5 } : null;
}
