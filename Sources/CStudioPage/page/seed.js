// Seeds of styles: whole numbers of 64 bits, as text because numbers of JavaScript are too short.

const mostSeed = 2n ** 64n - 1n;

/** @param {unknown} value a text or, as older pages kept them, a number @returns {string | null} its digits; null where it is no seed */
export function seedOf(value) {
  const digits = /^\s*0*(\d{1,20})\s*$/.exec(`${value}`)?.[1];
  return digits !== undefined && BigInt(digits) <= mostSeed ? digits : null;
}

export const seedAdvice = `A seed is a whole number from 0 to ${mostSeed}.`;

/** At random, and short enough to be told to somebody. */
export const randomSeed = () => `${Math.floor(Math.random() * 2 ** 31)}`;
