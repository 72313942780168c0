import type { Desk, View } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import { momentInFull } from '../base/times.ts';
import { preview } from './mail-preview.ts';
import { outlookOf } from './outlook.ts';

/** The mail of the next digest as a whole: all that is queued, in its order, behind the note. */
export function nextDigestView(desk: Desk): View {
  const { words } = desk;
  const problem = problemPlace(desk);
  const when = el('p', { class: 'hint' }, words.loading);
  const subject = el('p', { class: 'subject' });
  const shown = preview(desk, {
    address: '/api/v1/digests/next/preview',
    file: 'next-digest',
    onSubject: (said) => replaceChildren(subject, el('span', { class: 'hint' }, words.mailSubject), ' ', said),
  });

  async function load() {
    try {
      const { next } = await outlookOf(desk);
      replaceChildren(when, ...momentInFull(desk, next.scheduledFor));
    } catch (error) {
      replaceChildren(when);
      problem.show(error);
    }
  }

  void load();
  void shown.reload();
  const content = el(
    'div',
    { class: 'issue' },
    el('p', {}, el('a', { href: '#/', class: 'back' }, words.back)),
    el('header', { class: 'issue-head' }, el('h1', {}, words.nextDigest), when, subject, problem.element),
    shown.content,
  );
  return { title: words.nextDigest, content, stop: shown.stop };
}
