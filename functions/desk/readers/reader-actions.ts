import type { ReaderAnswer } from '../../api/readers/reader-answer.ts';
import { isProblem } from '../base/api-problem.ts';
import type { Desk } from '../base/desk.ts';
import { ask } from '../base/dialog.ts';
import { el } from '../base/dom.ts';
import { FieldFault, field } from '../base/field.ts';
import { problemText } from '../base/problem-text.ts';

type Acting = { asked: string; reader: ReaderAnswer; changed: (reader: ReaderAnswer) => void };

/** What an editor may do for this reader; each asks before it does. */
export function readerActions(desk: Desk, { asked, reader, changed }: Acting): Element {
  const { words, api } = desk;
  const say = words.reader;
  const act = (what: string, more: object = {}) =>
    api.post<ReaderAnswer>(`/api/v1/subscribers/${reader.id}/${what}`, { body: { email: asked, ...more } });

  async function settle(answer: Promise<ReaderAnswer | undefined>, done: (now: ReaderAnswer) => string) {
    const now = await answer;
    if (!now) return;
    changed(now);
    desk.say(done(now));
  }

  const unsubscribe = () =>
    settle(
      ask(desk, {
        title: say.unsubscribeTitle,
        content: el('p', {}, say.unsubscribeText),
        yes: say.unsubscribeConfirm,
        submit: () => act('unsubscribe'),
      }),
      () => say.unsubscribed,
    );
  const erase = () =>
    settle(
      ask(desk, {
        title: say.eraseTitle,
        content: el('p', {}, say.eraseText),
        yes: say.eraseConfirm,
        danger: true,
        submit: () => act('erase'),
      }),
      () => say.erased,
    );
  const reinstate = () => {
    const reason = el('textarea', { name: 'reason', rows: 3, maxlength: 500, required: true });
    return settle(
      ask(desk, {
        title: say.reinstateTitle,
        content: [el('p', {}, say.reinstateText[reader.reason ?? 'bounce']), field(reason, { label: say.reason, hint: say.reasonHint })],
        yes: say.reinstateConfirm,
        submit: async (form) => {
          const given = String(form.get('reason') ?? '').trim();
          return act('reinstate', { reason: given }).catch((error: unknown) => {
            throw isProblem(error, 'reason_needed') ? new FieldFault('reason', problemText(desk, error)) : error;
          });
        },
      }),
      (now) => (now.state === 'confirmed' ? say.reinstated : say.reinstatedOnly),
    );
  };

  return el(
    'div',
    { class: 'actions' },
    (reader.state === 'confirmed' || reader.state === 'pending') && el('button', { class: 'quiet', onclick: unsubscribe }, say.unsubscribe),
    reader.state === 'suppressed' && !reader.mayReturn && el('button', { class: 'quiet', onclick: reinstate }, say.reinstate),
    reader.state !== 'erased' && reader.state !== 'moved' && el('button', { class: 'quiet', onclick: erase }, say.erase),
  );
}
