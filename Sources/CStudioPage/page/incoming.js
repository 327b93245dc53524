// Files that a person gives to the page: chosen with a button, dropped or pasted.
import {goOn, trying} from './status.js';

/** @typedef {(file: File) => unknown} Take */

/** What was said of the last file is gone. @param {Take} take */
const taker = (take) => trying((/** @type {File} */ file) => {
  goOn();
  return take(file);
});

/** @param {HTMLElement} button @param {HTMLInputElement} input that the button stands for @param {Take} take */
export function chooseFile(button, input, take) {
  const taking = taker(take);
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = '';
    if (file) taking(file);
  });
}

/** @param {HTMLElement} drop is shown while a file is over the page @param {Take} take */
export function listenForFiles(drop, take) {
  const taking = taker(take);
  addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) drop.hidden = true;
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    drop.hidden = true;
    const file = event.dataTransfer?.files[0];
    if (file) taking(file);
  });
  addEventListener('paste', (event) => {
    const file = /** @type {ClipboardEvent} */ (event).clipboardData?.files[0];
    if (file) taking(file);
  });
}
