// Asks for the server's token where the page was opened without it, or with another.

/** Opens the page again with the token that a person gives.
 * @param {string | null} shown the one that the server did not take
 * @returns {Promise<never>} */
export function askForToken(shown) {
  const dialog = document.createElement('dialog'), form = document.createElement('form');
  const title = document.createElement('h2'), input = document.createElement('input'), row = document.createElement('div');
  const open = document.createElement('button');
  dialog.id = 'token';
  form.method = 'dialog';
  title.id = 'token-title';
  title.textContent = shown === null ? 'This server wants its token' : 'This is not its token: this server wants another';
  dialog.setAttribute('aria-labelledby', title.id);
  input.type = 'password';
  input.id = 'token-text';
  input.required = true;
  input.autocomplete = 'current-password';
  input.setAttribute('aria-label', 'Token');
  row.className = 'row end';
  open.id = 'token-open';
  open.textContent = 'Open';
  row.append(open);
  form.append(title, input, row);
  dialog.append(form);
  // Without it there is nothing to go back to, and browsers do not let Escape be cancelled every time.
  dialog.addEventListener('close', () => dialog.showModal());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.search = `${new URLSearchParams({token: input.value.trim()})}`;
  });
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  return new Promise(() => {});
}
