// The buttons that save files: the map, the picture and the style.
import * as api from './api.js';
import {download, fileName, plain, saveMap} from './files.js';
import {trying} from './status.js';

export class Saving {
  /** @param {import('./work.js').Work} work @param {import('./picture.js').Picture} picture @param {number[][]} colors of the ids
   * @param {{map: HTMLElement, picture: HTMLElement, scale: HTMLSelectElement, style: HTMLElement, share: () => Promise<void>}} owner `share` has the
   *   studio keep the picture, if it does */
  constructor(work, picture, colors, owner) {
    this.work = work;
    this.picture = picture;
    this.share = owner.share;
    owner.map.addEventListener('click', trying(() => saveMap(work.map, colors, picture.kept)));
    owner.picture.addEventListener('click', trying(() => this.savePicture(Number(owner.scale.value))));
    owner.style.addEventListener('click', trying(() => this.saveStyle()));
  }

  /** @param {number} scale */
  async savePicture(scale) {
    const {map, styles, live} = this.work;
    await live.settled();
    const name = fileName([map.about.name, styles?.fileLabel ?? '', scale === 1 ? '' : `${scale}x`], 'png');
    download(await this.picture.png(this.work.mix, scale), name);
    await this.share();
  }

  async saveStyle() {
    const {styles} = this.work;
    if (styles) download(await api.savedStyle(styles.current), `${plain(styles.fileLabel)}.z`);
  }
}
