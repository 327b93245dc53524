// What the page begins with, and what it goes back to where the server refuses that.
import * as api from './api.js';
import {failed, isSilent, say} from './status.js';
import {askForToken} from './token.js';

/** The server may be starting. */
export async function serverFacts() {
  for (;;) {
    try {
      return await api.model();
    } catch (error) {
      if (error instanceof api.ApiError && error.status === 401) await askForToken(api.token);
      failed(error);
      if (!(error instanceof api.ApiError) || error.status !== 0) throw error;
      await new Promise((next) => setTimeout(next, 1000));
    }
  }
}

export class Beginning {
  /** @param {import('./work.js').Work} work @param {import('./layouts.js').Layouts} layouts */
  constructor(work, layouts) {
    this.work = work;
    this.layouts = layouts;
    /** Whether the map is one that the browser had kept. */
    this.isRemembered = false;
    this.isFirstVisit = false;
  }

  /** Shows what the browser has kept, or the first map. */
  async show() {
    const {styles, store} = this.work;
    await styles?.load((await store?.styles().catch(() => undefined)) ?? []);
    const kept = await store?.load().catch(() => undefined);
    this.isFirstVisit = !kept;
    this.isRemembered = kept !== undefined && this.work.restore(kept);
    if (this.isRemembered) this.work.forgetSteps();
    else await this.showFirst();
  }

  async showFirst() {
    const {first} = this.layouts;
    if (first) this.work.open(await this.layouts.ids(first.url), null, {name: first.name, frame: null});
    else this.work.open(new Uint16Array(this.work.map.ids.length));
    this.work.forgetSteps();
  }

  /** Says how to go on, to somebody who is here for the first time. */
  greet() {
    if (!this.isFirstVisit || !isSilent()) return;
    const offer = this.layouts.shipped.length > 0 ? ' "Show me" paints a drawing for you.' : '';
    say(`Choose a class and paint on the map: the picture follows.${offer}`);
  }

  /** What the server refuses is not asked for again: the style before is back, or, when the page opens, the first map.
   * @param {string} sentence why */
  fallBack(sentence) {
    const isBack = this.work.styles?.retreat() ?? false;
    if (!isBack && this.isRemembered) {
      this.isRemembered = false;
      this.showFirst().catch(failed);
    }
    say(`${sentence}${isBack ? ' The style before it is back.' : ''}`, true);
  }
}
