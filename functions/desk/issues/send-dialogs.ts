import type { FindingAnswer } from '../../api/issues/finding-answer.ts';
import { momentAt, wallTime } from '../../words/wall-time.ts';
import { isProblem } from '../base/api-problem.ts';
import type { Desk } from '../base/desk.ts';
import { ask } from '../base/dialog.ts';
import { type Child, el } from '../base/dom.ts';
import { FieldFault, field } from '../base/field.ts';
import { problemText } from '../base/problem-text.ts';
import { moment, momentInFull } from '../base/times.ts';
import { kindText } from './finding-in-words.ts';
import type { Outlook } from './outlook.ts';
import type { WholeIssue } from './whole-issue.ts';

export type SendAction = 'queue' | 'schedule' | 'send-now';

/** What goes along with the change, and does it. */
type Submit<Answer> = (body: Record<string, unknown>) => Promise<Answer>;

type SendQuestion<Answer> = { issue: WholeIssue; errors: readonly FindingAnswer[]; outlook: Outlook; submit: Submit<Answer> };

/** Asks for the reason why an issue may be queued although something is wrong with it. */
export function askToQueue<Answer>(desk: Desk, { issue, errors, outlook, submit }: SendQuestion<Answer>) {
  const { words } = desk;
  return ask(desk, {
    title: words.overrideTitle,
    content: [
      overrideFields(desk, errors),
      el('p', {}, words.queueExplained(issue.title, moment(desk, outlook.next.scheduledFor), words.toReaders(outlook.readers))),
    ],
    yes: words.queueAnyway,
    danger: true,
    submit: (form) => submit(overrideIn(desk, form, errors)),
  });
}

export function askToSendNow<Answer>(desk: Desk, { issue, errors, outlook, submit }: SendQuestion<Answer>) {
  const { words } = desk;
  return ask(desk, {
    title: words.sendNowTitle,
    content: [el('p', {}, words.sendNowExplained(issue.title, words.toReaders(outlook.readers))), overrideFields(desk, errors)],
    yes: words.sendNowConfirm,
    danger: true,
    submit: (form) => submit(overrideIn(desk, form, errors)),
  });
}

/** Asks for a moment on the newsletter's clock, and says what it is on others. */
export function askToSchedule<Answer>(desk: Desk, { issue, errors, outlook, submit }: SendQuestion<Answer>) {
  const { words, config } = desk;
  const { timeZone } = config;
  const proposed = issue.scheduledFor ? new Date(issue.scheduledFor) : tomorrowMorning(timeZone);
  const input = el('input', {
    type: 'datetime-local',
    name: 'at',
    value: wallTime(proposed, timeZone),
    min: wallTime(new Date(), timeZone),
    step: 60,
    required: true,
    oninput: tell,
  });
  const told = el('div', { class: 'told', role: 'status' });
  function tell() {
    const at = momentAt(input.value, timeZone)?.toISOString();
    told.replaceChildren(...(at ? momentInFull(desk, at) : []));
  }
  tell();
  return ask(desk, {
    title: words.scheduleTitle,
    content: [
      el('p', {}, words.scheduleExplained(issue.title, words.toReaders(outlook.readers))),
      field(input, { label: words.scheduleAt, hint: words.scheduleZone(timeZone) }),
      told,
      overrideFields(desk, errors),
    ],
    yes: words.scheduleConfirm,
    submit: async (form) => {
      const override = overrideIn(desk, form, errors);
      const at = momentAt(String(form.get('at')), timeZone);
      if (!at) throw new FieldFault('at', words.momentMissing);
      if (at.getTime() <= Date.now()) throw new FieldFault('at', words.momentPast);
      return submit({ ...override, at: at.toISOString() });
    },
  });
}

/** Asks to whom a test goes; nothing filled in means to oneself. */
export function askToTest<Answer>(desk: Desk, submit: Submit<Answer>) {
  const { words } = desk;
  const input = el('input', {
    type: 'text',
    inputmode: 'email',
    name: 'to',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: words.testToYourself,
  });
  return ask(desk, {
    title: words.testTitle,
    content: [el('p', {}, words.testExplained), field(input, { label: words.testTo, hint: words.testToHint })],
    yes: words.testConfirm,
    submit: async (form) => {
      const to = String(form.get('to'))
        .split(/[\s,;，；、]+/)
        .filter(Boolean);
      const strange = to.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
      if (strange) throw new FieldFault('to', words.notAnAddress(strange));
      if (to.length > 5) throw new FieldFault('to', words.tooManyAddresses);
      try {
        return await submit(to.length > 0 ? { to } : {});
      } catch (error) {
        // Which addresses may get a test, only the server knows.
        throw isProblem(error, 'not_a_test_reader') ? new FieldFault('to', problemText(desk, error)) : error;
      }
    },
  });
}

function overrideFields(desk: Desk, errors: readonly FindingAnswer[]): Child {
  if (errors.length === 0) return null;
  const { words } = desk;
  const kinds = [...new Set(errors.map((error) => kindText(desk, error)))];
  return [
    el('div', { class: 'blocked' }, el('p', {}, el('strong', {}, words.blocked)), el('ul', {}, ...kinds.map((kind) => el('li', {}, kind)))),
    field(el('textarea', { name: 'override', rows: 2, maxlength: 300, required: true }), {
      label: words.overrideReason,
      hint: words.overrideHint,
    }),
  ];
}

function overrideIn({ words }: Desk, form: FormData, errors: readonly FindingAnswer[]): { override?: string } {
  if (errors.length === 0) return {};
  const reason = String(form.get('override') ?? '').trim();
  if (reason.length < 3) throw new FieldFault('override', words.overrideMissing);
  return { override: reason };
}

/** A day ahead, nine o'clock: what an editor most likely changes least. */
function tomorrowMorning(timeZone: string): Date {
  const date = wallTime(new Date(Date.now() + 24 * 3_600_000), timeZone).slice(0, 10);
  return momentAt(`${date}T09:00`, timeZone) ?? new Date();
}
