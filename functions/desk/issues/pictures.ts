import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import type { IssuePicture } from './whole-issue.ts';

const states = ['failed', 'pending', 'remote', 'kept'] as const;

/** An issue's pictures and whether they are ours yet; undefined when it has none. */
export function pictures(desk: Desk, images: readonly IssuePicture[]): Element | undefined {
  if (images.length === 0) return undefined;
  const { words } = desk;
  const counts = states.map((state) => ({ state, count: images.filter((image) => image.state === state).length }));
  return el(
    'details',
    { class: 'pictures', open: images.some(({ state }) => state === 'failed') },
    el(
      'summary',
      {},
      el('h2', {}, words.pictures),
      el(
        'span',
        { class: 'count' },
        counts
          .filter(({ count }) => count > 0)
          .map(({ state, count }) => `${words.pictureState[state]} ${count}`)
          .join(' · '),
      ),
    ),
    el('p', { class: 'hint' }, words.picturesHint),
    el('ul', { class: 'gallery' }, ...images.map((image) => picture(desk, image))),
  );
}

function picture({ words }: Desk, { url, alt, state, width, height, reason }: IssuePicture) {
  const ours = new URL(url, location.href).origin === location.origin;
  return el(
    'li',
    {},
    el('div', { class: 'thumb' }, ours && state === 'kept' && el('img', { src: url, alt: '', loading: 'lazy', width, height })),
    el(
      'div',
      {},
      el('p', {}, alt || el('span', { class: 'hint' }, words.noDescription)),
      el('p', { class: 'hint address' }, url),
      el(
        'p',
        { class: 'hint' },
        el('span', { class: `state ${state}` }, words.pictureState[state]),
        width !== undefined && height !== undefined && ` ${width} × ${height}`,
        reason && ` ${words.failureReasons[reason]}`,
      ),
    ),
  );
}
