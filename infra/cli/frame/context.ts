import { spawn } from 'node:child_process';
import { type Now, type Sleep, sleep } from '../../../functions/platform/clock.ts';
import { type CliLocale, catalogues } from '../words/catalogues.ts';
import type { CliWords } from '../words/en.ts';
import { type Clients, clientsIn, regionOfProfile } from './clients.ts';
import { type SettingsFile, settingsFile } from './settings-file.ts';
import { realTerminal, type Terminal } from './terminal.ts';
import { type WorldDns, worldDns } from './world-dns.ts';

/** All that a command touches: tests hand over fakes, so that no command knows whether AWS is there. */
export type Context = {
  /** The clients for a region. */
  aws: (region: string) => Clients;
  regionOfProfile: () => Promise<string | undefined>;
  dns: WorldDns;
  fetch: typeof fetch;
  now: Now;
  sleep: Sleep;
  terminal: Terminal;
  words: CliWords;
  locale: CliLocale;
  settings: SettingsFile;
  environment: Record<string, string | undefined>;
  /** The folder in which the command runs. */
  folder: string;
  /** Shows a page or file to the person, in a browser. */
  open: (address: string) => Promise<void>;
  /** Runs `cdk` with these words and lets it speak with the person; its exit status. */
  cdk: (words: readonly string[], environment: Record<string, string>) => Promise<number>;
};

export type GlobalOptions = { json: boolean; yes: boolean; settings?: string; locale: CliLocale };

export const realContext = ({ json, yes, settings, locale }: GlobalOptions): Context => ({
  aws: clientsIn,
  regionOfProfile,
  dns: worldDns(),
  fetch,
  now: () => new Date(),
  sleep,
  terminal: realTerminal({ json, yes }),
  words: catalogues[locale],
  locale,
  settings: settingsFile(settings ?? process.env.PERIODICAL_SETTINGS),
  environment: process.env,
  // npm runs its scripts in the folder of the package, and says where it was called.
  folder: process.env.INIT_CWD ?? process.cwd(),
  open: openPage,
  cdk: (words, environment) => runCdk(words, environment, json),
});

/** The CDK command of this checkout. Where standard output is for a program, it speaks on standard error. */
function runCdk(words: readonly string[], environment: Record<string, string>, json: boolean): Promise<number> {
  const cdk = new URL(import.meta.resolve('aws-cdk/bin/cdk')).pathname;
  const child = spawn(process.execPath, [cdk, ...words], {
    stdio: ['inherit', json ? process.stderr : 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (status) => resolve(status ?? 1)));
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** As the desktop would: without a shell, which could take a part of the address for a command. */
function openPage(address: string): Promise<void> {
  const [program, ...first] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...first, address], { stdio: 'ignore', detached: true });
  return new Promise((resolve) => child.on('error', () => resolve()).on('spawn', () => resolve(child.unref())));
}
