// The list of classes: grouped, searchable, with the nine used last on keys.

/** @typedef {import('./api.js').ModelClass} ModelClass */

/** The colour of a class that has none: hues far apart for ids next to each other. @param {number} id */
function standIn(id) {
  const hue = (id * 137.508) % 360, light = 0.42 + 0.2 * ((id >> 2) % 3) / 2;
  const level = (/** @type {number} */ shift) => {
    const k = (shift + hue / 30) % 12;
    return Math.round(255 * (light - 0.45 * Math.min(light, 1 - light) * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [level(0), level(8), level(4)];
}

/** @param {string | null} color @param {number} id @returns {number[]} */
export function rgb(color, id) {
  const digits = color && /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  return digits ? [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) : standIn(id);
}

/** Classes with one first letter, where there are too many for one list. @param {ModelClass[]} classes */
function groups(classes) {
  if (classes.length <= 40) return [{title: '', classes}];
  /** @type {Map<string, ModelClass[]>} */
  const byLetter = new Map();
  for (const entry of [...classes].sort((a, b) => a.name.localeCompare(b.name))) {
    const letter = (entry.name[0] ?? '').toUpperCase();
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), entry]);
  }
  return [...byLetter].map(([title, members]) => ({title, classes: members}));
}

export class Palette {
  /** @param {ModelClass[]} classes @param {number[][]} colors
   * @param {{list: HTMLElement, recent: HTMLElement, search: HTMLInputElement}} owner */
  constructor(classes, colors, owner) {
    this.classes = classes;
    this.colors = colors;
    this.owner = owner;
    this.id = classes[0]?.id ?? 0;
    /** Ids, the one used last first. @type {number[]} */
    this.recent = classes.slice(0, 9).map((entry) => entry.id);
    /** @type {Map<number, HTMLButtonElement>} */
    this.buttons = new Map();
    /** Of the groups. @type {{title: HTMLElement, ids: number[]}[]} */
    this.titles = [];
    this.build();
    owner.search.addEventListener('input', () => this.filter());
    owner.search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const first = [...this.buttons].find(([, button]) => !button.hidden);
      if (first) this.choose(first[0]);
    });
    owner.list.addEventListener('keydown', (event) => this.arrow(event));
    this.choose(this.id);
  }

  build() {
    for (const group of groups(this.classes)) {
      if (group.title) {
        const title = document.createElement('h3');
        title.textContent = group.title;
        this.owner.list.append(title);
        this.titles.push({title, ids: group.classes.map((entry) => entry.id)});
      }
      for (const entry of group.classes) {
        const button = document.createElement('button');
        button.setAttribute('role', 'radio');
        button.title = `${entry.name}, id ${entry.id}`;
        const name = document.createElement('span');
        name.textContent = entry.name;
        button.append(this.sample(entry.id), name);
        button.addEventListener('click', () => this.choose(entry.id));
        this.buttons.set(entry.id, button);
        this.owner.list.append(button);
      }
    }
  }

  /** @param {number} id */
  sample(id) {
    const sample = document.createElement('span');
    sample.className = 'sample';
    sample.setAttribute('aria-hidden', 'true');
    sample.style.backgroundColor = `rgb(${this.colors[id].join(' ')})`;
    return sample;
  }

  /** Gives a class's button a painted sample. @param {number} id @param {string} url */
  setSample(id, url) {
    const sample = /** @type {HTMLElement | null | undefined} */ (this.buttons.get(id)?.querySelector('.sample'));
    if (sample) sample.style.backgroundImage = `linear-gradient(135deg, rgb(${this.colors[id].join(' ')}) 38%, transparent 38.5%), url(${url})`;
  }

  /** @param {number} id */
  choose(id) {
    this.id = id;
    if (!this.recent.slice(0, 9).includes(id)) this.recent = [id, ...this.recent].slice(0, 9);
    for (const [other, button] of this.buttons) {
      button.setAttribute('aria-checked', `${other === id}`);
      button.tabIndex = other === id ? 0 : -1;
    }
    this.owner.recent.replaceChildren(...this.recent.map((each, index) => {
      const button = document.createElement('button'), [red, green, blue] = this.colors[each];
      button.textContent = `${index + 1}`;
      button.style.backgroundColor = `rgb(${red} ${green} ${blue})`;
      button.style.color = 0.3 * red + 0.59 * green + 0.11 * blue > 140 ? '#000' : '#fff';
      button.title = this.name(each);
      button.setAttribute('aria-label', `${this.name(each)}, key ${index + 1}`);
      button.setAttribute('aria-pressed', `${each === id}`);
      button.addEventListener('click', () => this.choose(each));
      return button;
    }));
  }

  /** One of the classes used last. @param {number} index 0 … 8 */
  chooseRecent(index) {
    if (this.recent[index] !== undefined) this.choose(this.recent[index]);
  }

  /** @param {number} id */
  name(id) { return this.classes.find((entry) => entry.id === id)?.name ?? `class ${id}`; }

  filter() {
    const words = this.owner.search.value.trim().toLowerCase();
    for (const [id, button] of this.buttons) button.hidden = !this.name(id).toLowerCase().includes(words) && `${id}` !== words;
    for (const {title, ids} of this.titles) title.hidden = ids.every((id) => this.buttons.get(id)?.hidden);
  }

  /** @param {KeyboardEvent} event */
  arrow(event) {
    const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const shown = [...this.buttons].filter(([, button]) => !button.hidden);
    const at = shown.findIndex(([id]) => id === this.id);
    const next = shown[(at + step + shown.length) % shown.length];
    if (!next) return;
    this.choose(next[0]);
    next[1].focus();
  }
}
