import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isWithout } from './without.ts';

const entry = join(import.meta.dirname, '..', 'page-judge', 'node_modules', 'html-validate', 'dist', 'esm', 'index.js');

/** It has a folder of its own (`npm ci --prefix tests/page-judge`); elsewhere its test is skipped by name, CI needs it. */
export const withoutHtmlValidate = (isWithout('html-validate') || !existsSync(entry)) && process.env.CI !== 'true';

type Report = { results: { messages: { ruleId: string; message: string; line: number; selector: string | null }[] }[] };
type Module = { HtmlValidate: new (config: object) => { validateString(page: string): Promise<Report> } };

/**
 * The recommended rules with those of the HTML standard and of WCAG. Not asked: how markup is laid out (void elements are
 * written without a slash, as the standard does; lines are long), which a reader never sees.
 */
const config = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:standard', 'html-validate:a11y'],
  rules: { 'doctype-style': ['error', { style: 'lowercase' }] },
};

/** What html-validate has to say against a page, a line each; empty when it is content. */
export async function htmlValidate(page: string): Promise<string[]> {
  const { HtmlValidate } = (await import(pathToFileURL(entry).href)) as Module;
  const { results } = await new HtmlValidate(config).validateString(page);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, selector }) => `${ruleId}: ${message} (line ${line}, ${selector})`),
  );
}
