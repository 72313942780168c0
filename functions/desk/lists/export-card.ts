import type { ExportAnswer } from '../../api/lists/export-endpoints.ts';
import { type Desk, whileBusy } from '../base/desk.ts';
import { el, replaceChildren } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';

/** Milliseconds between two looks at how far a file is. */
const pollMs = 1_000;

/** Makes a file of all readers and hands it over. */
export function exportCard(desk: Desk): { element: Element; stop: () => void } {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const status = el('div', { class: 'export-status', role: 'status' });
  const bom = el('input', { type: 'checkbox', name: 'bom' });
  const bomLabel = el('label', { class: 'tick' }, bom, ' ', words.exportBom);
  const button = el('button', {}, words.export);
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
          await api.post<ExportAnswer>('/api/v1/exports', { body: { format: isCsv ? 'csv' : 'jsonl', bom: isCsv && wanted.has('bom') } }),
        );
      } catch (error) {
        replaceChildren(status);
        problem.show(error);
      }
    });
  }

  async function made(begun: ExportAnswer) {
    for (let now = begun; !stopped; now = await api.get<ExportAnswer>(`/api/v1/exports/${begun.id}`)) {
      if (now.url) return show(now.url, now);
      replaceChildren(status, el('p', {}, words.exporting(now.readers)));
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  function show(url: string, { readers }: ExportAnswer) {
    const link = el('a', { href: url, class: 'button' }, words.download);
    replaceChildren(
      status,
      el('p', {}, words.exported(readers)),
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
    status,
  );
  return {
    element,
    stop: () => {
      stopped = true;
    },
  };
}
