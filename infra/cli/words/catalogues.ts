import * as english from './en.ts';
import * as chinese from './zh-CN.ts';

export const catalogues = { 'zh-CN': chinese.words, en: english.words } as const;
export type CliLocale = keyof typeof catalogues;

/** `--lang zh`, else the language of the environment, as POSIX ranks its variables; English for any other. */
export function localeOf(typed: readonly string[], { LC_ALL, LC_MESSAGES, LANG }: Record<string, string | undefined>): CliLocale {
  const said = typed.find((_, n) => typed[n - 1] === '--lang') ?? typed.find((word) => word.startsWith('--lang='))?.slice('--lang='.length);
  return /^zh/i.test(said ?? (LC_ALL || LC_MESSAGES || LANG || '')) ? 'zh-CN' : 'en';
}
