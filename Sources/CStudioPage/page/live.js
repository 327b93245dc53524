// The picture follows the map: one request is under way, and the newest change waits for it.
import * as api from './api.js';

const retryMilliseconds = 1000;

export class Live {
  /** @param {{body: () => BodyInit, mix: () => api.Mix, show: (rgb: Uint8ClampedArray, facts: {paintTime: number, waitTime: number, checksum: string, roundTrip: number}) => void,
   *   failed: (sentence: string) => void, recovered: () => void}} owner */
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
        const answer = await api.paint(
          this.owner.body(), this.owner.mix(), 'application/octet-stream', {page: this.page});
        if (this.isAway) this.owner.recovered();
        this.isAway = false;
        this.frameCount += 1;
        this.owner.show(new Uint8ClampedArray(answer.bytes), {...answer, roundTrip: performance.now() - start});
      } catch (error) {
        await this.recover(error);
      }
    }
    this.isRunning = false;
    this.idle.splice(0).forEach((done) => done());
  }

  /** @param {unknown} error */
  async recover(error) {
    const status = error instanceof api.ApiError ? error.status : 0;
    if (status !== 409) {
      this.isAway = true;
      this.owner.failed(error instanceof Error ? error.message : String(error));
    }
    // What the server refuses for good is not sent again until something changes.
    if (status !== 0 && status !== 409 && status !== 503) return;
    await new Promise((done) => setTimeout(done, status === 409 ? 0 : retryMilliseconds));
    this.isWanted = true;
  }
}
