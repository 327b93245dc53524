// The picture follows the map: one request is under way, and the newest change waits for it.
import * as api from './api.js';

/** Times are in milliseconds. @typedef {{paintTime: number, waitTime: number, checksum: string, roundTrip: number}} FrameFacts */

const retryMilliseconds = 1000;

export class Live {
  /** @param {{body: () => BodyInit, mix: () => api.Mix, show: (rgb: Uint8ClampedArray, mix: api.Mix, facts: FrameFacts) => void,
   *   away: (sentence: string) => void, refused: (sentence: string) => void, recovered: () => void}} owner `away`: it is tried again; `refused`: it
   *   is not, until something changes */
  constructor(owner) {
    this.owner = owner;
    // Pages tell their requests apart from those of others.
    this.page = 1 + Math.floor(Math.random() * 2 ** 52);
    this.isWanted = false;
    this.isRunning = false;
    this.isAway = false;
    /** Pictures that have been shown. */
    this.frameCount = 0;
    /** Called when nothing is left to do. @type {(() => void)[]} */
    this.idle = [];
  }

  /** The map or the style has changed. */
  changed() {
    this.isWanted = true;
    if (!this.isRunning) this.run();
  }

  /** Resolves when the picture on screen is that of the newest map. */
  settled() { return this.isRunning || this.isWanted ? new Promise((done) => this.idle.push(() => done(undefined))) : Promise.resolve(); }

  async run() {
    this.isRunning = true;
    while (this.isWanted) {
      this.isWanted = false;
      const start = performance.now();
      try {
        const mix = this.owner.mix();
        const answer = await api.paint(this.owner.body(), mix, 'application/octet-stream', {page: this.page});
        if (this.isAway) this.owner.recovered();
        this.isAway = false;
        this.frameCount += 1;
        this.owner.show(new Uint8ClampedArray(answer.bytes), mix, {...answer, roundTrip: performance.now() - start});
      } catch (error) {
        await this.recover(error);
      }
    }
    this.isRunning = false;
    this.idle.splice(0).forEach((done) => done());
  }

  /** A server that is away or busy is asked again after a while; what it refuses, never.
   * @param {unknown} error */
  async recover(error) {
    const status = error instanceof api.ApiError ? error.status : 0;
    const sentence = error instanceof Error ? error.message : String(error);
    // Of a newer request of this page.
    if (status === 409) return;
    if (status !== 0 && status !== 503) return this.owner.refused(sentence);
    this.isAway = true;
    this.owner.away(sentence);
    await new Promise((done) => setTimeout(done, retryMilliseconds));
    this.isWanted = true;
  }
}
