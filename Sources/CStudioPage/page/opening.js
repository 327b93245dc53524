// Files become maps and styles: told apart, read, and asked about where they do not say enough.
import {decode, NoDrawing, noAnswers, readMap} from './drawing.js';
import {stem} from './files.js';
import {isStyle} from './formats.js';
import {notesOf} from './notes.js';
import {askAbout} from './question.js';
import {say, sentenceOf} from './status.js';

export class Opening {
  /** @param {import('./api.js').ModelFacts} facts @param {number[][]} colors of the ids @param {import('./work.js').Work} work */
  constructor(facts, colors, work) {
    this.facts = facts;
    this.colors = colors;
    this.work = work;
    /** @type {import('./drawing.js').Network} */
    this.network = {width: facts.width, height: facts.height, classCount: facts.classes.length, unknownId: facts.unknown_id};
  }

  /** Reads a map or drawing, without a question. @param {Uint8Array} bytes */
  async read(bytes) { return readMap(await decode(bytes), this.network, this.colors, noAnswers); }

  /** @param {Uint8Array} bytes of a map or drawing @param {string} name of the file */
  async openMap(bytes, name) {
    const samples = await decode(bytes), first = this.firstReading(samples);
    const answers = await askAbout(first, this.byColors(samples, first), this.network, this.facts.classes, this.colors);
    if (!answers) return;
    const reading = readMap(samples, this.network, this.colors, answers), {ids, content, size, isOtherShape} = reading;
    this.work.open(ids, null, {name: stem(name), frame: isOtherShape && answers.fit === 'pad' ? {area: content, size} : null});
    say(`Opened ${name}. ${notesOf(reading, this.facts.classes)}`.trim());
  }

  /** As readMap, with a word of photos where they are styles. @param {import('./png.js').Samples} samples */
  firstReading(samples) {
    try {
      return readMap(samples, this.network, this.colors);
    } catch (error) {
      if (!(error instanceof NoDrawing) || !this.facts.encoder) throw error;
      throw new Error(`${error.message} A photo is a style: press Photo.`);
    }
  }

  /** How a map would be read by the colours of its palette, where they are other ones than the classes'; null where they cannot be meant.
   * @param {import('./png.js').Samples} samples @param {import('./drawing.js').Reading} reading by its ids */
  byColors(samples, {hasOtherPalette}) {
    if (!hasOtherPalette) return null;
    try {
      return readMap(samples, this.network, this.colors, {...noAnswers, by: 'colors'});
    } catch {
      return null;
    }
  }

  /** A file that may be anything: a map if it is in ids or class colours, else a style. @param {File} file */
  async open(file) {
    const bytes = new Uint8Array(await file.arrayBuffer()), name = file.name || 'the picture';
    if (isStyle(bytes) && this.work.styles) return this.work.styles.take(file, name);
    const reason = await this.whyNoMap(bytes);
    if (reason === null) return this.openMap(bytes, name);
    if (!this.facts.encoder) return say(`${name} is no map: ${reason} This network takes no style from photos.`, true);
    await this.work.styles?.take(file, name, ' "Open map" reads it as a drawing.');
  }

  /** @param {Uint8Array} bytes @returns {Promise<string | null>} null for a map */
  async whyNoMap(bytes) {
    try {
      const {ids, foreignCount} = await this.read(bytes);
      return foreignCount < ids.length / 2 ? null : 'most of its colours are no class\'s.';
    } catch (error) {
      return sentenceOf(error);
    }
  }
}
