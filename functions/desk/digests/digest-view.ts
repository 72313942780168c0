import type { DigestAnswer } from '../../api/digests/digest-answer.ts';
import type { IssueSummary } from '../../api/issues/issue-answer.ts';
import { type Desk, nameOf, type View, whileBusy } from '../base/desk.ts';
import { confirmed } from '../base/dialog.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { historyList } from '../base/history.ts';
import { problemPlace } from '../base/problem-text.ts';
import { moment, shortMoment } from '../base/times.ts';
import { digestName } from './digest-title.ts';
import { incidentRows } from './incident-rows.ts';
import { postponedRows } from './postponed-rows.ts';
import { reportFigures } from './report.ts';

/** How often the report is read while the digest sends, and afterwards, when only mailboxes still answer. */
const pollWhileOpenMs = 2_000;
const pollAfterwardsMs = 15_000;

/** One digest and its report, kept current for as long as somebody looks. */
export function digestView(desk: Desk, id: string): View {
  const { words, api } = desk;
  const address = `/api/v1/digests/${id}`;
  const problem = problemPlace(desk);
  const connection = problemPlace(desk);
  const state = el('p', { class: 'digest-state', 'aria-live': 'polite' });
  const facts = el('div', {});
  const waiting = el('div', {});
  const buttons = el('div', { class: 'actions' });
  const report = el('section', { class: 'card', 'aria-labelledby': 'report-title' }, el('p', { class: 'hint' }, words.loading));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  let titles = new Map<string, string>();

  async function poll() {
    let wait = pollWhileOpenMs;
    try {
      if (!document.hidden) {
        const digest = await api.get<DigestAnswer>(address);
        show(digest);
        connection.clear();
        if (digest.over) wait = pollAfterwardsMs;
      }
    } catch (error) {
      connection.show(error);
      wait = pollAfterwardsMs / 3;
    }
    if (timer !== stopped) timer = setTimeout(() => void poll(), wait);
  }

  /** Titles are pleasant to have; without them the slugs are shown. */
  async function nameIssues() {
    const { issues } = await api.get<{ issues: IssueSummary[] }>('/api/v1/issues').catch(() => ({ issues: [] }));
    titles = new Map(issues.map(({ slug, title }) => [slug, title]));
  }

  /** Touches only what has changed, so that focus and a screen reader's place stay where they are. */
  function show(digest: DigestAnswer) {
    const now = JSON.stringify(digest);
    if (now === last) return;
    const before = last === '' ? undefined : (JSON.parse(last) as DigestAnswer);
    last = now;
    const status = ({ state: word, may, holds, canary, parkedUntil, report: { unknown, again } }: DigestAnswer) =>
      JSON.stringify([word, may, holds, canary, parkedUntil, unknown, again]);
    if (!before || status(before) !== status(digest)) {
      replaceChildren(state, ...stateLine(desk, digest));
      replaceChildren(buttons, ...actions(digest));
    }
    showPostponed(before, digest);
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
    const { overrides, history = [] } = digest;
    replaceChildren(
      report,
      el('h2', { id: 'report-title' }, words.report, ' ', !digest.over && el('span', { class: 'live' }, words.live)),
      digest.report.audience > 0 ? reportFigures(desk, digest) : el('p', {}, words.noReport),
      overrides.length > 0 && [
        el('h3', {}, words.overrides),
        el(
          'ul',
          { class: 'overrides' },
          ...overrides.map(({ slug, reason, by }) =>
            el('li', {}, `“${reason}” `, el('span', { class: 'hint' }, `${nameOf(desk, by)} · ${titles.get(slug) ?? slug}`)),
          ),
        ),
      ],
      history.length > 0 && [el('h3', {}, words.history), historyList(desk, history)],
    );
  }

  function showPostponed(before: DigestAnswer | undefined, digest: DigestAnswer) {
    const shown = ({ postponed, incidents, state: word, may }: DigestAnswer) => JSON.stringify([postponed, incidents, word, may]);
    if (before && shown(before) === shown(digest)) return;
    const asks = (provider: DigestAnswer['postponed'][number]['provider']) =>
      doing(() => api.post(`${address}/resume`, { body: { provider } }).then(() => words.goingToPostponed(words.provider[provider])));
    const decides = (provider: DigestAnswer['incidents'][number]['provider'], decision: 'reinstate' | 'confirm') =>
      doing(() =>
        api
          .post(`${address}/incident`, { body: { provider, decision } })
          .then(() => words[decision === 'reinstate' ? 'reinstatingDead' : 'confirmingDead'](words.provider[provider])),
      );
    replaceChildren(waiting, ...incidentRows(desk, digest, decides), ...postponedRows(desk, digest, asks));
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
    if (
      !(await confirmed(desk, { title: words.cancelTitle, text: words.cancelExplained, yes: words.cancelConfirm, no: words.keepSending }))
    )
      return undefined;
    await api.post(`${address}/cancel`);
    return words.cancelled;
  }

  async function again(action: 'plan-again' | 'mail-again', { unknown, again: reach }: DigestAnswer['report']) {
    const question =
      action === 'plan-again'
        ? { title: words.planAgainTitle(reach.plan), text: words.planAgainExplained(unknown), yes: words.planAgainConfirm }
        : { title: words.mailAgainTitle(reach.mail), text: words.mailAgainExplained, yes: words.mailAgainConfirm };
    if (!(await confirmed(desk, question))) return undefined;
    await api.post(`${address}/${action}`);
    return words.goingAgain;
  }

  /** A button for each thing that the API says may be done now. Postponed readers have a button of their own, beside their numbers. */
  function actions({ may, report: figures }: DigestAnswer) {
    const post = (action: 'pause' | 'resume', done: string, body?: object) =>
      doing(() => api.post(`${address}/${action}`, { body }).then(() => done));
    const buttonFor: Record<DigestAnswer['may'][number], () => Element | false> = {
      pause: () => el('button', { onclick: post('pause', words.paused) }, words.pause),
      resume: () => el('button', { onclick: post('resume', words.resumed, { keepPostponed: true }) }, words.resume),
      'send-to-postponed': () => false,
      'plan-again': () => el('button', { class: 'quiet', onclick: doing(() => again('plan-again', figures)) }, words.planAgain),
      'mail-again': () => el('button', { class: 'quiet', onclick: doing(() => again('mail-again', figures)) }, words.mailAgain),
      cancel: () => el('button', { class: 'quiet', onclick: doing(cancel) }, words.cancelDigest),
    };
    return may.map((action) => buttonFor[action]());
  }

  const stopped = setTimeout(() => {}, 0);
  void nameIssues().then(poll);
  const content = el(
    'div',
    { class: 'digest' },
    el('p', {}, el('a', { href: '#/digests', class: 'back' }, words.backToDigests)),
    el('h1', {}, digestName(desk, id)),
    state,
    facts,
    waiting,
    connection.element,
    problem.element,
    buttons,
    report,
  );
  return {
    title: digestName(desk, id),
    content,
    stop: () => {
      clearTimeout(timer);
      timer = stopped;
    },
  };
}

const stateLine = (desk: Desk, digest: DigestAnswer) => [
  el('span', { class: `state ${digest.state}` }, desk.words.digestState[digest.state]),
  digest.holds.length > 0 && ` ${reasonsInWords(desk, digest)}`,
  digest.holdReason && el('span', { class: 'hint' }, ` (${digest.holdReason})`),
];

/** Why it does not send, a sentence for each hold. */
function reasonsInWords(desk: Desk, { holds, holdUntil, parkedUntil, unreachable, canary }: DigestAnswer): string {
  const at = (moment: string | null | undefined) => (moment ? shortMoment(desk, moment) : null);
  const known = {
    stopUntil: at(holdUntil),
    parkedUntil: at(parkedUntil),
    since: at(unreachable?.since ?? null),
    canary: canary && { ...canary, until: at(canary.until) },
  };
  return holds
    .map((hold) => desk.words.hold[hold](known))
    .map((why) => `${why.charAt(0).toUpperCase()}${why.slice(1)}`)
    .join(desk.words.nextSentence);
}
