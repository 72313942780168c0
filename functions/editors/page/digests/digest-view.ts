import type { DigestAnswer } from '../../digest-answer.ts';
import type { IssueSummary } from '../../issue-answer.ts';
import { type Desk, type View, whileBusy } from '../desk/desk.ts';
import { confirmed } from '../desk/dialog.ts';
import { el, replaceChildren } from '../desk/dom.ts';
import { problemPlace } from '../desk/problem.ts';
import { moment, shortMoment } from '../desk/times.ts';
import { heldBackRows } from './held-back.ts';
import { receiptFigures } from './receipt.ts';

export const ends = ['done', 'skipped', 'cancelled'];

/** Milliseconds: while it sends, and afterwards, when only mailboxes still have something to say. */
const pollWhileOpen = 2_000;
const pollAfterwards = 15_000;

/** One digest and its receipt, kept current for as long as somebody looks. */
export function digestView(desk: Desk, id: string): View {
  const { words, api } = desk;
  const address = `/editors/digests/${id}`;
  const problem = problemPlace(desk);
  const connection = problemPlace(desk);
  const state = el('p', { class: 'digest-state', 'aria-live': 'polite' });
  const facts = el('div', {});
  const waiting = el('div', {});
  const buttons = el('div', { class: 'actions' });
  const receipt = el('section', { class: 'card', 'aria-labelledby': 'receipt-title' }, el('p', { class: 'hint' }, words.loading));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  let titles = new Map<string, string>();

  async function poll() {
    let wait = pollWhileOpen;
    try {
      if (!document.hidden) {
        const digest = await api.get<DigestAnswer>(address);
        show(digest);
        connection.clear();
        if (ends.includes(digest.state)) wait = pollAfterwards;
      }
    } catch (error) {
      connection.show(error);
      wait = pollAfterwards / 3;
    }
    if (timer !== stopped) timer = setTimeout(() => void poll(), wait);
  }

  /** Titles are pleasant to have; without them the slugs stand. */
  async function nameIssues() {
    const { issues } = await api.get<{ issues: IssueSummary[] }>('/editors/issues').catch(() => ({ issues: [] }));
    titles = new Map(issues.map(({ slug, title }) => [slug, title]));
  }

  /** Touches only what has changed, so that focus and a screen reader's place stay where they are. */
  function show(digest: DigestAnswer) {
    const now = JSON.stringify(digest);
    if (now === last) return;
    const before = last === '' ? undefined : (JSON.parse(last) as DigestAnswer);
    last = now;
    const standing = ({ state: word, holds, canary, parkedUntil, receipt: { unknown } }: DigestAnswer) =>
      `${word} ${holds} ${canary?.until} ${canary?.unjudged} ${parkedUntil} ${unknown}`;
    if (!before || standing(before) !== standing(digest)) {
      replaceChildren(state, ...stateLine(desk, digest));
      replaceChildren(buttons, ...actions(digest));
    }
    showHeldBack(before, digest);
    replaceChildren(
      facts,
      el('p', { class: 'hint' }, words.scheduledFor, ' ', moment(desk, digest.scheduledFor)),
      digest.issues.length > 0 &&
        el(
          'ul',
          { class: 'carried' },
          ...digest.issues.map((slug) => el('li', {}, el('a', { href: `#/issues/${slug}` }, titles.get(slug) ?? slug))),
        ),
    );
    const { overrides } = digest;
    replaceChildren(
      receipt,
      el('h2', { id: 'receipt-title' }, words.receipt, ' ', !ends.includes(digest.state) && el('span', { class: 'live' }, words.live)),
      digest.receipt.audience > 0 ? receiptFigures(desk, digest) : el('p', {}, words.noReceipt),
      overrides.length > 0 && [
        el('h3', {}, words.overrides),
        el(
          'ul',
          { class: 'overrides' },
          ...overrides.map(({ slug, reason, by }) =>
            el(
              'li',
              {},
              `“${reason}” `,
              el('span', { class: 'hint' }, `${by === desk.api.editorName ? words.you : by} · ${titles.get(slug) ?? slug}`),
            ),
          ),
        ),
      ],
    );
  }

  function showHeldBack(before: DigestAnswer | undefined, digest: DigestAnswer) {
    const shown = ({ heldBack, state: word }: DigestAnswer) => JSON.stringify([heldBack, word]);
    if (before && shown(before) === shown(digest)) return;
    const asks = (provider: string) =>
      doing(() =>
        api.post(`${address}/resume`, { body: { provider } }).then(() => words.goingToHeldBack(words.provider[provider] ?? provider)),
      );
    replaceChildren(waiting, ...(ends.includes(digest.state) ? [] : heldBackRows(desk, digest, asks)));
  }

  const doing = (work: () => Promise<string | undefined>) => (event: Event) =>
    whileBusy(event.currentTarget as HTMLButtonElement, async () => {
      problem.clear();
      try {
        const done = await work();
        if (done) desk.say(done);
        show(await api.get<DigestAnswer>(address));
      } catch (error) {
        problem.show(error);
      }
    });

  async function cancel() {
    if (!(await confirmed(desk, { title: words.cancelTitle, text: words.cancelExplained, yes: words.cancelConfirm }))) return undefined;
    await api.post(`${address}/cancel`);
    return words.cancelled;
  }

  async function sendToUnknown(unknown: number) {
    const question = { title: words.sendToUnknownTitle(unknown), text: words.sendToUnknownExplained, yes: words.sendToUnknownConfirm };
    if (!(await confirmed(desk, question))) return undefined;
    await api.post(`${address}/send-to-unknown`);
    return words.sentToUnknown;
  }

  function actions({ state, holds, canary, receipt: { unknown } }: DigestAnswer) {
    const again =
      unknown > 0 &&
      !holds.includes('cancel') &&
      state !== 'cancelled' &&
      el('button', { class: 'quiet', onclick: doing(() => sendToUnknown(unknown)) }, words.sendToUnknown);
    if (ends.includes(state)) return [again];
    const act = (action: 'pause' | 'resume', done: string, body?: object) =>
      doing(() => api.post(`${address}/${action}`, { body }).then(() => done));
    return [
      canary?.unjudged || ['editor', 'brake', 'fault'].some((hold) => holds.some((own) => own === hold))
        ? el('button', { onclick: act('resume', words.resumed, { keepHeldBack: true }) }, words.resume)
        : (state === 'sending' || holds.length > 0) && el('button', { onclick: act('pause', words.paused) }, words.pause),
      again,
      !holds.includes('cancel') && el('button', { class: 'quiet', onclick: doing(cancel) }, words.cancelDigest),
    ];
  }

  const stopped = setTimeout(() => {}, 0);
  void nameIssues().then(poll);
  const content = el(
    'div',
    { class: 'digest' },
    el('p', {}, el('a', { href: '#/digests', class: 'back' }, words.backToDigests)),
    el('h1', {}, id.startsWith('issue-') ? words.singleDigest : words.digestTitle(id)),
    state,
    facts,
    waiting,
    connection.element,
    problem.element,
    buttons,
    receipt,
  );
  return {
    title: words.digestTitle(id),
    content,
    stop: () => {
      clearTimeout(timer);
      timer = stopped;
    },
  };
}

const stateLine = (desk: Desk, { state, holds, holdReason, ...more }: DigestAnswer) => [
  el('span', { class: `state ${state}` }, desk.words.digestState[state]),
  holds.length > 0 && !['paused', 'cancelled'].includes(state) && ` ${sentences(desk, holds, more)}`,
  holdReason && el('span', { class: 'hint' }, ` (${holdReason})`),
];

type HoldsKnown = Pick<DigestAnswer, 'holdUntil' | 'parkedUntil' | 'canary'>;

/** A sentence each, and the one that a reason follows last. */
function sentences(desk: Desk, holds: readonly string[], known: HoldsKnown): string {
  const hasReason = (hold: string) => Number(hold === 'brake' || hold === 'fault');
  return [...holds]
    .sort((one, other) => hasReason(one) - hasReason(other))
    .map((hold) => holdInWords(desk, hold, known))
    .map((why) => `${why.charAt(0).toUpperCase()}${why.slice(1)}`)
    .join(desk.words.nextSentence);
}

/** Why it does not send, and until when where that is known. */
function holdInWords(desk: Desk, hold: string, { holdUntil, parkedUntil, canary }: HoldsKnown): string {
  const { words } = desk;
  if (hold === 'hold period' && holdUntil) return words.mayBeCalledOff(shortMoment(desk, holdUntil));
  if (hold === 'quota' && parkedUntil) return words.parkedUntil(shortMoment(desk, parkedUntil));
  if (hold === 'canary' && canary?.unjudged) return words.canaryUnheard;
  if (hold === 'canary' && canary) return words.canaryOut(canary.readers, canary.until && shortMoment(desk, canary.until));
  return words.hold[hold] ?? hold;
}
