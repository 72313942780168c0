import type { RestoreAnswer } from '../../api/restores/restore-endpoints.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { confirmed } from '../base/dialog.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import { moment } from '../base/times.ts';

type Restore = NonNullable<RestoreAnswer['restore']>;
type Comparison = NonNullable<Restore['comparison']>;

/** Above every view while a restored newsletter sends nothing: what was found, and the button that ends it. Empty otherwise. */
export function restoreNotice(desk: Desk): Element {
  const { words, api } = desk;
  const says = words.restore;
  const place = el('div', {});
  const problem = problemPlace(desk);

  async function load() {
    const { restore } = await api.get<RestoreAnswer>('/api/v1/restore');
    if (restore?.held) replaceChildren(place, notice(restore));
    else replaceChildren(place);
  }

  function notice({ moment: asOf, comparison }: Restore) {
    const button = el('button', {}, says.release);
    button.addEventListener('click', () => void release(button));
    return el(
      'section',
      { class: 'card restored', 'aria-labelledby': 'restore-title' },
      el('h2', { id: 'restore-title' }, says.title),
      el('p', {}, says.asOf(moment(desk, asOf))),
      ...(comparison ? factsOf(desk, comparison) : [says.comparing]).map((line) => el('p', {}, line)),
      problem.element,
      comparison?.missing === 0 && el('div', { class: 'actions' }, button),
    );
  }

  async function release(button: HTMLButtonElement) {
    if (!(await confirmed(desk, { title: says.releaseTitle, text: says.releaseText, yes: says.releaseYes }))) return;
    await whileBusy(button, async () => {
      problem.clear();
      try {
        await api.post('/api/v1/restore/release');
        desk.say(says.released);
        await load();
      } catch (error) {
        problem.show(error);
      }
    });
  }

  // The view below says what is wrong with the connection.
  load().catch(() => undefined);
  return place;
}

function factsOf(desk: Desk, comparison: Comparison): string[] {
  const says = desk.words.restore;
  const { source, knownUntil, missing, newcomers } = comparison;
  const kinds = Object.keys(says.counts) as (keyof typeof says.counts)[];
  const counts = kinds.flatMap((kind) => (comparison[kind] > 0 ? [`${comparison[kind]} ${says.counts[kind]}`] : []));
  const until = moment(desk, knownUntil);
  return [
    counts.length > 0 ? says.gone(new Intl.ListFormat(desk.locale, { type: 'unit' }).format(counts), until) : says.nobody(until),
    says.sources[source],
    ...(missing > 0 ? [says.missing(missing)] : []),
    ...(newcomers ? [says.newcomers(newcomers)] : []),
  ];
}
