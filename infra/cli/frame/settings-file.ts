import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cannot } from './cli-error.ts';

export type WrittenSettings = Record<string, unknown>;

/** Where the settings are: in `cdk.json`, or in a file of their own. */
export type SettingsFile = {
  path: string;
  /** As they are written, not checked; nothing where there is no file. */
  read(): WrittenSettings;
  write(settings: WrittenSettings): void;
  /** What the CDK command must be told to read the same ones. */
  environment: Record<string, string>;
};

const cdkJson = resolve(import.meta.dirname, '../../../cdk.json');

/** `path`: of a file that holds nothing but settings. Without it they are in `cdk.json`, beside what CDK needs. */
export function settingsFile(path?: string, cdkFile = cdkJson): SettingsFile {
  if (path) {
    const file = resolve(path);
    return {
      path: file,
      read: () => (existsSync(file) ? objectIn(file) : {}),
      write: (settings) => write(file, settings),
      environment: { PERIODICAL_SETTINGS: file },
    };
  }
  const whole = () => objectIn(cdkFile) as { context?: WrittenSettings };
  return {
    path: cdkFile,
    read: () => (whole().context?.settings ?? {}) as WrittenSettings,
    write: (settings) => write(cdkFile, { ...whole(), context: { ...whole().context, settings } }),
    environment: {},
  };
}

const write = (file: string, value: object) => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

function objectIn(file: string): WrittenSettings {
  const text = readFileSync(file, 'utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as WrittenSettings;
    throw new Error(`it begins with ${text.trim().slice(0, 20)}`);
  } catch (error) {
    throw cannot('settings_unreadable', { file, fault: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}
