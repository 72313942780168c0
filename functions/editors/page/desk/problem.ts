import type { Finding } from '../../../issues/preflight/preflight.ts';
import type { Desk } from './desk.ts';
import { el } from './dom.ts';

/** An answer that is not the wished one, in the server's words; `status` 0 when there was no answer at all. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  /** What is wrong in particular: with fields of the request, or in the issue. */
  readonly errors: readonly Finding[];
  constructor(status: number, code: string, detail: string, errors: readonly Finding[] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export function problemFrom(status: number, body: string) {
  try {
    const { code, detail, message, errors } = JSON.parse(body) as {
      code?: string;
      detail?: string;
      message?: string;
      errors?: Partial<Finding>[];
    };
    const found = (errors ?? []).map((error) => ({ ...error, code: error.code ?? '', message: error.message ?? '' }));
    return new Problem(status, code ?? 'unknown', detail ?? message ?? `HTTP ${status}`, found);
  } catch {
    return new Problem(status, 'unknown', `HTTP ${status}`);
  }
}

export const isProblem = (error: unknown, code: string): error is Problem => error instanceof Problem && error.code === code;

/** What went wrong, in words for the person at the desk. */
export function problemText({ words, locale }: Pick<Desk, 'words' | 'locale'>, error: unknown): string {
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error);
  const own = words.refusal[error.code];
  if (!own) return error.message;
  // A line number says the same in every language; the server's other particulars are English.
  const line = locale === 'en' ? undefined : /^Line (\d+)/i.exec(error.message)?.[1];
  return line ? `${words.line(Number(line))}：${own}` : own;
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
