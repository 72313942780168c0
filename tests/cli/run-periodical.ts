import { Cancelled } from '../../infra/cli/frame/cli-error.ts';
import type { Context } from '../../infra/cli/frame/context.ts';
import { runCommandLine } from '../../infra/cli/frame/program.ts';
import type { WrittenSettings } from '../../infra/cli/frame/settings-file.ts';
import { commands } from '../../infra/cli/periodical.ts';
import { type CliLocale, catalogues } from '../../infra/cli/words/catalogues.ts';
import { type FakeAccount, region } from './fake-account.ts';

export const ownSettings = {
  newsletterName: 'Hafenblatt',
  locale: 'en',
  timeZone: 'Europe/Berlin',
  schedule: { every: 'week', on: ['friday'], time: '09:00' },
  region,
  publicHost: 'brief.hafenblatt.de',
  certificateArn: 'arn:aws:acm:us-east-1:318274659020:certificate/5d1c3a52-9f0e-4c57-8a53-0b7a3f1c2d4e',
  sender: { name: 'Hafenblatt', address: 'blatt@post.hafenblatt.de' },
  confirmationSender: { name: 'Hafenblatt', address: 'hallo@anmeldung.hafenblatt.de' },
  replyTo: 'redaktion@hafenblatt.de',
  legalName: 'Hafenblatt Verlag GmbH',
  postalAddress: 'Am Kai 1, 20457 Hamburg',
  contact: 'redaktion@hafenblatt.de',
  privacyNotice: 'https://www.hafenblatt.de/datenschutz',
};

export type Run = {
  /** What is typed behind `periodical`. */
  typed: string[];
  account: FakeAccount;
  settings?: WrittenSettings;
  /** What a person answers, in order; without it nobody is at a terminal. */
  answers?: string[];
  locale?: CliLocale;
  cdk?: Context['cdk'];
  fetch?: typeof fetch;
  environment?: Record<string, string>;
  folder?: string;
  regionOfProfile?: string;
  /** What happens outside while a command waits. */
  onSleep?: () => void;
};

export type Ran = {
  exit: number;
  /** Everything that a person saw, their own answers included. */
  said: string;
  out: string;
  err: string;
  json: () => never;
  settings: WrittenSettings;
};

/** Runs one command of the command line, whole, with fakes for everything outside. */
export async function periodical({ typed, account, settings = ownSettings, answers, locale = 'en', ...given }: Run): Promise<Ran> {
  const said: string[] = [];
  const [out, err]: [string[], string[]] = [[], []];
  let written = settings;
  let milliseconds = Date.parse('2026-12-07T09:00:00Z');
  const left = [...(answers ?? [])];
  const answer = (message: string, shown: string) => {
    const next = left.shift();
    if (next === undefined) throw new Cancelled(message);
    said.push(`? ${message} ${next === '' ? shown : next}`);
    return next;
  };
  const contextFor = ({ json, yes }: { json: boolean; yes: boolean }): Context => ({
    aws: () => account.aws.clients,
    regionOfProfile: async () => given.regionOfProfile,
    dns: account.dns,
    fetch: given.fetch ?? (() => Promise.reject(new Error('nobody is there'))),
    now: () => new Date(milliseconds),
    sleep: async (duration) => {
      milliseconds += duration;
      given.onSleep?.();
    },
    terminal: {
      interactive: answers !== undefined && !json,
      agreed: yes,
      say: (line) => said.push(line),
      // An empty answer takes what is suggested, as Enter does.
      ask: async ({ message, initial = '' }) => answer(message, initial) || initial,
      choose: async ({ message, initial = '', options }) => answer(message, initial || (options[0] ?? '')) || initial || (options[0] ?? ''),
      agree: async (message) => yes || (answers !== undefined && !json && /^(y|是)/.test(answer(message, ''))),
    },
    words: catalogues[locale],
    locale,
    settings: {
      path: 'settings.json',
      read: () => written,
      write: (next) => {
        written = next;
      },
      environment: { PERIODICAL_SETTINGS: 'settings.json' },
    },
    environment: given.environment ?? {},
    folder: given.folder ?? '.',
    open: async (address) => void said.push(`opened ${address}`),
    cdk: given.cdk ?? (() => Promise.reject(new Error('CDK was not to run'))),
  });
  const exit = await runCommandLine(typed, {
    commands,
    contextFor,
    environment: { LANG: locale === 'en' ? 'en_GB.UTF-8' : 'zh_CN.UTF-8' },
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  if (left.length > 0) throw new Error(`Nobody asked for these answers: ${left.join(', ')}\n${said.join('\n')}`);
  return {
    exit,
    said: said.join('\n'),
    out: out.join(''),
    err: err.join(''),
    json: () => JSON.parse(out.join('')) as never,
    settings: written,
  };
}
