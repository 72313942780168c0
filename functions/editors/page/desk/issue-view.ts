import type { IssueAnswer } from '../../issue-answer.ts';
import { confirmed } from './confirm.ts';
import { type Desk, problemPlace, type View, whileBusy } from './desk.ts';
import { el, replaceChildren } from './dom.ts';
import { outline } from './outline.ts';
import { preview } from './preview.ts';
import { plainDate } from './times.ts';

/** One issue: what was understood of it beside the email it becomes, and what can be done with it. */
export function issueView(desk: Desk, slug: string): View {
  const { words, api } = desk;
  const address = `/editors/issues/${slug}`;
  const problem = problemPlace(desk);
  const head = el('header', { class: 'issue-head' }, el('p', { class: 'hint' }, words.loading));
  const left = el('div', {});
  const shown = preview(desk, slug);
  const chooser = el('input', {
    type: 'file',
    class: 'unseen',
    tabindex: -1,
    'aria-label': words.replaceFile,
    onchange: () => void replace(),
  });

  async function load() {
    try {
      const issue = await api.get<IssueAnswer>(address);
      replaceChildren(head, ...heading(desk, issue), problem.element, chooser, actions(issue));
      replaceChildren(left, outline(desk, issue));
    } catch (error) {
      replaceChildren(head, problem.element);
      problem.show(error);
    }
  }

  /** Does it once, tells how it went beside the buttons, and shows the issue as it then stands. */
  const doing = (work: () => Promise<string | undefined>) => (event: Event) =>
    whileBusy(event.currentTarget as HTMLButtonElement, async () => {
      problem.clear();
      try {
        const done = await work();
        if (done === undefined) return;
        desk.say(done);
        await load();
      } catch (error) {
        problem.show(error);
      }
    });

  async function sendNow({ title }: IssueAnswer) {
    if (!(await confirmed(desk, { title: words.sendNowTitle, text: words.sendNowExplained(title), yes: words.sendNowConfirm })))
      return undefined;
    const { digest } = await api.post<{ digest: string }>(`${address}/send-now`);
    location.hash = `#/digests/${digest}`;
    return words.sendingNow;
  }

  async function remove({ title, state }: IssueAnswer) {
    const text = state === 'sent' ? words.removeSentExplained(title) : words.removeExplained(title);
    if (!(await confirmed(desk, { title: words.removeTitle, text, yes: words.removeConfirm }))) return undefined;
    await api.remove(address);
    location.hash = '#/';
    return words.removed;
  }

  async function replace() {
    const file = chooser.files?.[0];
    chooser.value = '';
    if (!file) return;
    problem.clear();
    try {
      const { answer } = await api.upload<IssueAnswer>({ file, replacing: slug, onProgress: () => {} });
      desk.say(words.replaced(answer.title));
      await Promise.all([load(), shown.reload()]);
    } catch (error) {
      problem.show(error);
    }
  }

  function actions(issue: IssueAnswer) {
    const { state, digest } = issue;
    const act = (action: 'queue' | 'unqueue', done: string) => doing(async () => api.post(`${address}/${action}`).then(() => done));
    return el(
      'div',
      { class: 'actions' },
      state === 'draft' && el('button', { onclick: act('queue', words.queued) }, words.queue),
      state === 'queued' && el('button', { class: 'quiet', onclick: act('unqueue', words.unqueued) }, words.unqueue),
      (state === 'draft' || state === 'queued') && el('button', { class: 'quiet', onclick: doing(() => sendNow(issue)) }, words.sendNow),
      digest !== null && el('a', { class: 'button quiet', href: `#/digests/${digest}` }, words.digestOf),
      state !== 'sending' && el('button', { class: 'quiet', onclick: () => chooser.click() }, words.replaceFile),
      (state === 'draft' || state === 'sent') && el('button', { class: 'quiet', onclick: doing(() => remove(issue)) }, words.remove),
    );
  }

  void load();
  void shown.reload();
  const content = el(
    'div',
    { class: 'issue' },
    el('p', {}, el('a', { href: '#/', class: 'back' }, words.back)),
    head,
    el('div', { class: 'columns' }, left, shown.content),
  );
  return { title: slug, content, stop: shown.stop };
}

const heading = (desk: Desk, { title, number, date, language, slug, state, summary }: IssueAnswer) => [
  el(
    'p',
    { class: 'hint' },
    el('span', { class: `state ${state}` }, desk.words.state[state]),
    ' ',
    [number === null ? null : desk.words.number(number), plainDate(desk, date), language, slug].filter((part) => part !== null).join(' · '),
  ),
  el('h1', { lang: language }, title),
  summary && el('p', { class: 'summary', lang: language }, summary),
];
