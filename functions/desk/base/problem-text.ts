import type { RefusalWords } from '../../words/desk-shape.ts';
import { Problem } from './api-problem.ts';
import type { Desk } from './desk.ts';
import { el } from './dom.ts';

/** What went wrong, in words for the person at the desk; English where the page does not know the code. */
export function problemText({ words }: Pick<Desk, 'words'>, error: unknown): string {
  if (error instanceof Problem) return refusalText({ words }, { code: error.code, values: error.values, detail: error.message });
  return error instanceof Error ? error.message : String(error);
}

/** The same of a refusal that an answer tells of. */
export function refusalText(
  { words }: Pick<Desk, 'words'>,
  { code, values, detail }: { code: string; values: object; detail: string },
): string {
  const write = Object.hasOwn(words.refusals, code) ? words.refusals[code as keyof RefusalWords] : undefined;
  return write ? (write as (values: object) => string)(values) : detail;
}

/** The place beside a control where its failure is told. */
export function problemPlace(desk: Desk) {
  const element = el('div', { class: 'problem', role: 'alert' });
  return {
    element,
    clear: () => element.replaceChildren(),
    show: (error: unknown, ...further: Node[]) =>
      element.replaceChildren(el('strong', {}, desk.words.problem), ' ', problemText(desk, error), ...further),
  };
}
