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
