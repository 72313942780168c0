import type { FindingAnswer } from '../../api/issues/finding-answer.ts';
import { isProblem, Problem } from '../base/api-problem.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { confirmed } from '../base/dialog.ts';
import { el } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import { moment } from '../base/times.ts';
import { askForTopics, topicNames } from './ask-for-topics.ts';
import { conflict } from './conflict.ts';
import type { Outlook } from './outlook.ts';
import { askForFile } from './replace-dialog.ts';
import { askToQueue, askToSchedule, askToSendNow, askToTest, type SendAction } from './send-dialogs.ts';
import type { WholeIssue } from './whole-issue.ts';

type Actions = {
  issue: WholeIssue;
  outlook: Outlook;
  /** Shows the issue as it is now; the focus goes to its status. */
  refresh: (what: 'status' | 'text') => Promise<void>;
};

/** Does something for the version the editor saw, and says what came of it; undefined when they thought better of it. */
type Work = (version: number | undefined) => Promise<string | undefined>;

/** What can be done with an issue in its state; a failure is told beside the buttons. */
export function issueActions(desk: Desk, { issue, outlook, refresh }: Actions): Element {
  const { words, api } = desk;
  const address = `/api/v1/issues/${issue.slug}`;
  const problem = problemPlace(desk);
  const quarrel = el('div', {});

  async function attempt(work: Work, version = issue.version, changed: 'status' | 'text' = 'status') {
    problem.clear();
    quarrel.replaceChildren();
    try {
      const done = await work(version);
      if (done === undefined) return;
      desk.say(done);
      await refresh(changed);
    } catch (error) {
      if (isProblem(error, 'changed_meanwhile')) await showConflict(work, changed);
      else problem.show(error);
    }
  }

  async function showConflict(work: Work, changed: 'status' | 'text') {
    const now = await api.get<WholeIssue>(address);
    const goOn = () => void attempt(work, now.version, changed);
    const element = conflict(desk, { seen: issue, now, look: () => void refresh('text'), goOn });
    quarrel.replaceChildren(element);
    element.focus();
  }

  const button = (text: string, work: Work, kind = 'quiet') =>
    el('button', { class: kind, onclick: (event) => void whileBusy(event.currentTarget as HTMLButtonElement, () => attempt(work)) }, text);

  const change =
    (action: 'unqueue' | 'list' | 'unlist', done: string): Work =>
    async (version) => {
      await api.post(`${address}/${action}`, { version });
      return done;
    };

  /** Asks what there is to ask, and again with the reasons when the server finds something that we did not know of. */
  const sendOff =
    (action: SendAction): Work =>
    async (version) => {
      const asking = (errors: readonly FindingAnswer[]) => {
        const submit = (body: Record<string, unknown>) => api.post<WholeIssue>(`${address}/${action}`, { body, version });
        const question = { issue, errors, outlook, submit };
        if (action === 'schedule') return askToSchedule(desk, question);
        if (action === 'send-now') return askToSendNow(desk, question);
        return errors.length > 0 ? askToQueue(desk, question) : submit({});
      };
      const answer = await asking(issue.preflight?.errors ?? []).catch((error: unknown) => {
        if (error instanceof Problem && error.is('preflight_failed')) return asking(error.errors);
        throw error;
      });
      if (!answer) return undefined;
      if (action === 'schedule') return words.scheduled(answer.scheduledFor ? moment(desk, answer.scheduledFor) : '');
      if (action === 'queue') return words.queued;
      location.hash = `#/digests/${answer.digest}`;
      return words.sendingNow;
    };

  const test: Work = async () => {
    const answer = await askToTest(desk, (body) => api.post<{ to: string[] }>(`${address}/test-send`, { body }));
    return answer && words.tested(answer.to);
  };

  const topics: Work = async (version) => {
    const answer = await askForTopics(desk, issue, (chosen) =>
      api.post<WholeIssue>(`${address}/topics`, { body: { topics: chosen }, version }),
    );
    return answer && words.topicsSaved(topicNames(desk, answer.topics));
  };

  const remove: Work = async (version) => {
    const text = issue.state === 'sent' ? words.removeSentExplained(issue.title) : words.removeExplained(issue.title);
    if (!(await confirmed(desk, { title: words.removeTitle, text, yes: words.removeConfirm }))) return undefined;
    await api.remove(address, { version });
    location.hash = '#/';
    return words.removed;
  };

  const replace = () =>
    askForFile(desk, {
      issue,
      look: () => void refresh('text'),
      replaced: (title) => {
        desk.say(words.replaced(title));
        void refresh('text');
      },
    });

  const { state, unlisted } = issue;
  const unsent = state === 'draft' || state === 'queued' || state === 'scheduled';
  const bar = el(
    'div',
    { class: 'actions' },
    state === 'draft' && button(words.queue, sendOff('queue'), ''),
    state === 'queued' && button(words.unqueue, change('unqueue', words.unqueued), ''),
    state === 'scheduled' && button(words.unschedule, change('unqueue', words.unscheduled), ''),
    unsent && button(state === 'scheduled' ? words.reschedule : words.schedule, sendOff('schedule')),
    unsent && button(words.sendNow, sendOff('send-now')),
    button(words.test, test),
  );
  const further = el(
    'div',
    { class: 'actions further' },
    state !== 'sending' && el('button', { class: 'link', onclick: replace }, words.replaceFile),
    unsent && desk.config.topics.length > 0 && button(words.topics, topics, 'link'),
    unlisted ? button(words.list, change('list', words.listed), 'link') : button(words.unlist, change('unlist', words.unlisted), 'link'),
    (state === 'draft' || state === 'sent') && button(words.remove, remove, 'link'),
  );
  return el('div', { class: 'doing' }, bar, further, problem.element, quarrel);
}
