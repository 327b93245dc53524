// Seeds of styles: whole numbers of 64 bits, as text because numbers of JavaScript are too short.
import {say} from './status.js';

const mostSeed = 2n ** 64n - 1n;

/** @param {unknown} value a text or, as older pages kept them, a number @returns {string | null} its digits; null where it is no seed */
export function seedOf(value) {
  const digits = /^\s*0*(\d{1,20})\s*$/.exec(`${value}`)?.[1];
  return digits !== undefined && BigInt(digits) <= mostSeed ? digits : null;
}

const seedAdvice = `A seed is a whole number from 0 to ${mostSeed}.`;

/** At random, and short enough to be told to somebody. */
const randomSeed = () => `${Math.floor(Math.random() * 2 ** 31)}`;

/** The field for a seed, and the dice beside it. */
export class SeedField {
  /** @param {HTMLInputElement} field @param {HTMLButtonElement} dice @param {(seed: string) => void} taken */
  constructor(field, dice, taken) {
    this.field = field;
    dice.addEventListener('click', () => taken(randomSeed()));
    field.addEventListener('input', () => this.check());
    field.addEventListener('change', () => {
      const seed = this.check();
      seed === null ? say(`${seedAdvice} The style stays as it is.`, true) : taken(seed);
    });
  }

  /** Shows the seed of the chosen style; another style leaves what is there. @param {import('./api.js').StyleName} name of the style */
  show(name) {
    if ('seed' in name) this.field.value = name.seed;
    this.check();
  }

  /** Marks a seed that is none. @returns {string | null} */
  check() {
    const seed = seedOf(this.field.value);
    this.field.setAttribute('aria-invalid', `${seed === null}`);
    return seed;
  }
}
