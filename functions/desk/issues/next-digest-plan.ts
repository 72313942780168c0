import type { NextDigest } from '../../api/digests/digest-answer.ts';
import type { IssueSummary } from '../../api/issues/issue-answer.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';

const address = '/api/v1/digests/next';

/** The issues of the next digest in their order, the first of which leads; each can be moved up and down. */
export function carriedIssues(desk: Desk, issues: readonly IssueSummary[], reload: () => Promise<void>): Element {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const order = issues.map(({ slug }) => slug);

  const move = (button: HTMLButtonElement, place: number, by: -1 | 1) =>
    whileBusy(button, async () => {
      problem.clear();
      const [slug = ''] = order.slice(place, place + 1);
      try {
        await api.send('PUT', address, { body: { order: order.toSpliced(place, 1).toSpliced(place + by, 0, slug) } });
        await reload();
        desk.say(words.movedTo(issues[place]?.title ?? '', place + by + 1));
        // At the end of its way the button is gone: the one beside it takes the focus.
        const moved = document.querySelectorAll<HTMLElement>(`[data-moves="${slug}"]`);
        ([...moved].find(({ dataset }) => dataset.by === String(by)) ?? moved[0])?.focus();
      } catch (error) {
        problem.show(error);
      }
    });

  const mover = ({ slug, title }: IssueSummary, place: number, by: -1 | 1) =>
    order[place + by] !== undefined &&
    el(
      'button',
      {
        class: 'quiet',
        'data-moves': slug,
        'data-by': String(by),
        'aria-label': by < 0 ? words.moveUp(title) : words.moveDown(title),
        onclick: (event) => void move(event.currentTarget as HTMLButtonElement, place, by),
      },
      by < 0 ? '↑' : '↓',
    );

  return el(
    'div',
    {},
    el(
      'ol',
      { class: 'carried' },
      ...issues.map((issue, place) =>
        el(
          'li',
          {},
          el('a', { href: `#/issues/${issue.slug}`, lang: issue.language }, issue.title),
          ' ',
          mover(issue, place, -1),
          mover(issue, place, 1),
        ),
      ),
    ),
    problem.element,
  );
}

/** What the next digest says before its issues. */
export function noteForm(desk: Desk, { note }: NextDigest): Element {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const text = el('textarea', { id: 'digest-note', name: 'note', rows: 4, maxlength: 4000, 'aria-describedby': 'digest-note-hint' });
  // What somebody is writing outlives a change of the order, and stays in sight.
  const before = document.querySelector<HTMLTextAreaElement>('#digest-note');
  text.value = before?.value ?? note;
  const isOpen = before?.closest('details')?.open ?? note !== '';

  const save = (button: HTMLButtonElement) =>
    whileBusy(button, async () => {
      problem.clear();
      try {
        await api.send('PUT', address, { body: { note: text.value } });
        desk.say(text.value.trim() === '' ? words.noteGone : words.noteSaved);
      } catch (error) {
        problem.show(error);
      }
    });

  return el(
    'details',
    { class: 'note', open: isOpen },
    el('summary', {}, words.noteTitle),
    el('p', { class: 'hint', id: 'digest-note-hint' }, words.noteHint),
    el('div', { class: 'field' }, el('label', { for: 'digest-note', class: 'unseen' }, words.noteTitle), text),
    problem.element,
    el(
      'div',
      { class: 'actions' },
      el('button', { class: 'quiet', onclick: (event) => void save(event.currentTarget as HTMLButtonElement) }, words.noteSave),
    ),
  );
}
