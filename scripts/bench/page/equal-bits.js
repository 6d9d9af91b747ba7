/** Compares answers bit for bit. Pure. */

/**
 * @typedef {object} EqualCount
 * @property {number} pictures
 * @property {number} equal those whose answers are the same, every bit
 * @property {number} largestDifference of two logits; NaN where one of them alone is not a number
 */

/**
 * @param {Float32Array} answers
 * @param {Float32Array} others as many
 * @param {number} length of one picture's answer
 * @returns {EqualCount}
 */
export function countEqual(answers, others, length) {
  const bits = new Uint32Array(answers.buffer, answers.byteOffset, answers.length);
  const otherBits = new Uint32Array(others.buffer, others.byteOffset, others.length);
  const pictures = answers.length / length;
  let equal = 0;
  let largestDifference = 0;
  for (let picture = 0; picture < pictures; picture++) {
    let same = others.length === answers.length;
    for (let index = picture * length; index < (picture + 1) * length; index++) {
      if (bits[index] === otherBits[index]) continue;
      same = false;
      largestDifference = Math.max(largestDifference, Math.abs(answers[index] - others[index]));
    }
    equal += Number(same);
  }
  return { pictures, equal, largestDifference };
}
