// The line at the foot of the page: what has happened, and what went wrong.
import {element} from './element.js';

const line = element('status');

let isLastingStatus = false;
/** @param {string} text @param {boolean} isLasting whether it stays when a person goes on */
export function say(text, isWrong = false, isLasting = false) {
  line.textContent = text;
  line.classList.toggle('wrong', isWrong);
  isLastingStatus = isLasting;
}

export const isSilent = () => !line.textContent;

/** A person goes on: what does not last is gone. */
export function goOn() {
  if (!isLastingStatus) say('');
}

/** @param {unknown} error */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));

export const failed = (/** @type {unknown} */ error) => say(sentenceOf(error), true);

/** For what listens: does it, and says what went wrong.
 * @template {unknown[]} Parameters @param {(...parameters: Parameters) => unknown} work @returns {(...parameters: Parameters) => Promise<void>} */
export const trying = (work) => async (...parameters) => {
  try {
    await work(...parameters);
  } catch (error) {
    failed(error);
  }
};
