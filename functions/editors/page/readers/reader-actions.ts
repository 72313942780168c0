import type { ReaderAnswer } from '../../readers/reader-answer.ts';
import type { Desk } from '../desk/desk.ts';
import { ask } from '../desk/dialog.ts';
import { el } from '../desk/dom.ts';
import { FieldFault, field } from '../desk/field.ts';
import { isProblem } from '../desk/problem.ts';
import { faultOf } from './reader-view.ts';

type Acting = { asked: string; reader: ReaderAnswer; changed: (reader: ReaderAnswer) => void };

/** What an editor may do for this reader; each asks before it does. */
export function readerActions(desk: Desk, { asked, reader, changed }: Acting): Element {
  const { words, api } = desk;
  const say = words.reader;
  const act = (what: string, more: object = {}) =>
    api.post<ReaderAnswer>(`/editors/subscribers/${reader.id}/${what}`, { body: { email: asked, ...more } });

  async function settle(answer: Promise<ReaderAnswer | undefined>, done: (now: ReaderAnswer) => string) {
    const now = await answer;
    if (!now) return;
    changed(now);
    desk.say(done(now));
  }

  const unsubscribe = () =>
    settle(
      ask(desk, {
        ...{ title: say.unsubscribeTitle, content: el('p', {}, say.unsubscribeText), yes: say.unsubscribeConfirm },
        submit: () => act('unsubscribe'),
      }),
      () => say.unsubscribed,
    );
  const erase = () =>
    settle(
      ask(desk, {
        ...{ title: say.eraseTitle, content: el('p', {}, say.eraseText), yes: say.eraseConfirm, danger: true },
        submit: () => act('erase'),
      }),
      () => say.erased,
    );
  const lift = () => {
    const reason = el('textarea', { name: 'reason', rows: 3, maxlength: 500, required: true });
    return settle(
      ask(desk, {
        title: say.liftTitle,
        content: [el('p', {}, say.liftText[reader.reason ?? 'bounce']), field(reason, { label: say.reason, hint: say.reasonHint })],
        yes: say.liftConfirm,
        submit: async (form) => {
          const given = String(form.get('reason') ?? '').trim();
          if (given.length < 3) throw new FieldFault('reason', words.lookUp.faults.reason_needed ?? '');
          return act('lift', { reason: given }).catch((error: unknown) => {
            throw isProblem(error, 'invalid_request') ? faultOf(desk, error, 'reason') : error;
          });
        },
      }),
      (now) => (now.state === 'confirmed' ? say.lifted : say.liftedOnly),
    );
  };

  return el(
    'div',
    { class: 'actions' },
    (reader.state === 'confirmed' || reader.state === 'pending') && el('button', { class: 'quiet', onclick: unsubscribe }, say.unsubscribe),
    reader.state === 'suppressed' && !reader.mayReturn && el('button', { class: 'quiet', onclick: lift }, say.lift),
    reader.state !== 'erased' && reader.state !== 'moved' && el('button', { class: 'quiet', onclick: erase }, say.erase),
  );
}
