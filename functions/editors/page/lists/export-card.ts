import type { ExportAnswer } from '../../lists/export-endpoints.ts';
import { type Desk, whileBusy } from '../desk/desk.ts';
import { el, replaceChildren } from '../desk/dom.ts';
import { problemPlace } from '../desk/problem.ts';

/** Milliseconds between two looks at how far a file is. */
const poll = 1_000;

/** Makes a file of all readers and hands it over. */
export function exportCard(desk: Desk): { element: Element; stop: () => void } {
  const { words, api, locale } = desk;
  const problem = problemPlace(desk);
  const standing = el('div', { class: 'export-standing', role: 'status' });
  const bom = el('input', { type: 'checkbox', name: 'bom' });
  const bomLabel = el('label', { class: 'tick' }, bom, ' ', words.exportBom);
  const button = el('button', {}, words.export);
  const n = (count: number) => new Intl.NumberFormat(locale).format(count);
  let stopped = false;

  const format = (value: 'csv' | 'jsonl') =>
    el(
      'label',
      { class: 'tick' },
      el('input', { type: 'radio', name: 'format', value, checked: value === 'csv', onchange: chosen }),
      ' ',
      words.exportFormats[value],
    );
  const form: HTMLFormElement = el(
    'form',
    { onsubmit: submitted },
    el('fieldset', { class: 'ticks' }, el('legend', {}, words.exportFormat), format('csv'), bomLabel, format('jsonl')),
    problem.element,
    el('div', { class: 'actions' }, button),
  );

  function chosen() {
    bom.disabled = new FormData(form).get('format') !== 'csv';
  }

  function submitted(event: Event) {
    event.preventDefault();
    const wanted = new FormData(form);
    const isCsv = wanted.get('format') === 'csv';
    void whileBusy(button, async () => {
      problem.clear();
      try {
        await made(
          await api.post<ExportAnswer>('/editors/exports', { body: { format: isCsv ? 'csv' : 'jsonl', bom: isCsv && wanted.has('bom') } }),
        );
      } catch (error) {
        replaceChildren(standing);
        problem.show(error);
      }
    });
  }

  async function made(begun: ExportAnswer) {
    for (let now = begun; !stopped; now = await api.get<ExportAnswer>(`/editors/exports/${begun.id}`)) {
      if (now.url) return show(now.url, now);
      replaceChildren(standing, el('p', {}, words.exporting(n(now.readers))));
      await new Promise((resolve) => setTimeout(resolve, poll));
    }
  }

  function show(url: string, { readers }: ExportAnswer) {
    const link = el('a', { href: url, class: 'button' }, words.download);
    replaceChildren(
      standing,
      el('p', {}, words.exported(n(readers))),
      el('p', { class: 'actions' }, link),
      el('p', { class: 'hint' }, words.exportKept),
    );
    link.focus();
  }

  const element = el(
    'section',
    { class: 'card', 'aria-labelledby': 'export-title' },
    el('h2', { id: 'export-title' }, words.exportTitle),
    el('p', { class: 'hint' }, words.exportHint),
    form,
    standing,
  );
  return {
    element,
    stop: () => {
      stopped = true;
    },
  };
}
