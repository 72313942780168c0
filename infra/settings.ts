import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as z from 'zod';
import { Settings } from '../functions/settings/settings.ts';
import { domainOf } from './domain-of.ts';

const cdkJson = resolve(import.meta.dirname, '../cdk.json');

/** Settings that cannot be used; the message is for the person who wrote them. */
export class WrongSettings extends Error {
  override readonly name = 'WrongSettings';
}

/**
 * The settings of this newsletter: from the file that PERIODICAL_SETTINGS names, else from the CDK context, else from
 * `cdk.json`. `unless`: what holds where nobody has written anything.
 */
export function loadSettings(context?: unknown, unless: Partial<Settings> = {}): Settings {
  const file = process.env.PERIODICAL_SETTINGS;
  const written = file ? readJson(file) : (context ?? contextSettings());
  const whole = typeof written === 'object' && written !== null ? { ...unless, ...written } : written;
  return checkSettings(whole, file ?? 'cdk.json, "context" → "settings"');
}

/** @throws WrongSettings naming each wrong setting, what came, and what would do. */
export function checkSettings(written: unknown, from: string): Settings {
  const parsed = Settings.safeParse(written, { reportInput: true });
  const faults = parsed.success ? faultsBetween(parsed.data) : parsed.error.issues.flatMap((issue) => faultsOf(issue, written));
  if (parsed.success && faults.length === 0) return parsed.data;
  const lines = faults.map(({ setting, came, wouldDo }) => `  ${setting}\n    came:     ${came}\n    would do: ${wouldDo}`);
  throw new WrongSettings(`The newsletter’s settings cannot be used (${from}):\n\n${lines.join('\n\n')}\n`);
}

type Fault = { setting: string; came: string; wouldDo: string };

/** What only shows when settings are held against each other. */
function faultsBetween({ publicHost, certificateArn, sender, confirmationSender, existing }: Settings): Fault[] {
  const faults: Fault[] = [];
  if (publicHost && !certificateArn)
    faults.push({
      setting: 'certificateArn',
      came: `nothing, while publicHost is ${show(publicHost)}`,
      wouldDo: `the ARN of an ACM certificate for ${publicHost} in us-east-1, or neither of the two`,
    });
  if (certificateArn && !publicHost)
    faults.push({
      setting: 'publicHost',
      came: 'nothing, while certificateArn is set',
      wouldDo: 'the host the certificate is for, such as news.example.org, or neither of the two',
    });
  if (sender.address.toLowerCase() === confirmationSender.address.toLowerCase())
    faults.push({
      setting: 'confirmationSender.address',
      came: `${show(confirmationSender.address)}, which is the sender of the digests too`,
      wouldDo: 'an address of its own, so that a complaint about one does not hurt the other',
    });
  const domains = [sender.address, confirmationSender.address].map(domainOf);
  for (const identity of existing.identities.filter((domain) => !domains.includes(domain)))
    faults.push({
      setting: 'existing.identities',
      came: `${show(identity)}, from which nobody sends`,
      wouldDo: `one of ${[...new Set(domains)].join(', ')}, the domains of the two senders`,
    });
  return faults;
}

function faultsOf(issue: z.core.$ZodIssue, written: unknown): Fault[] {
  const setting = issue.path.join('.') || 'settings';
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      setting: [...issue.path, key].join('.'),
      came: 'a setting that does not exist',
      wouldDo: `one of ${namesAt(issue.path, written).join(', ')}`,
    }));
  // An object of several shapes, none of which has this value in the part that tells them apart.
  if (issue.code === 'invalid_union' && issue.discriminator) {
    const came = show((issue.input as Record<string, unknown>)[issue.discriminator]);
    return [{ setting, came, wouldDo: `one of ${optionsOf(issue).map(String).join(', ')}` }];
  }
  return [{ setting, came: show(issue.input), wouldDo: wouldDo(issue) }];
}

/** The values that the part may have which tells the shapes apart. */
const optionsOf = (issue: z.core.$ZodIssueInvalidUnion) => ('options' in issue ? (issue.options as unknown[]) : []);

function wouldDo(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return (
        {
          string: 'a text',
          object: 'an object with its own settings',
          boolean: 'true or false',
          number: 'a number',
          int: 'a whole number',
        }[issue.expected as string] ?? issue.expected
      );
    case 'too_small':
      return issue.origin === 'string' ? `a text of at least ${issue.minimum} character(s)` : `${issue.minimum} or more`;
    case 'too_big':
      return issue.origin === 'string' ? `a text of at most ${issue.maximum} characters` : `${issue.maximum} or less`;
    default:
      return issue.message;
  }
}

type Schema = {
  shape?: Record<string, Schema>;
  options?: Schema[];
  unwrap?: () => Schema;
  safeParse: (value: unknown) => { success: boolean };
};

/** The settings that exist at this place. Of an object of several shapes, those of the shape that was meant. */
function namesAt(path: readonly PropertyKey[], written: unknown): string[] {
  let shape: Record<string, Schema> = Settings.shape as unknown as Record<string, Schema>;
  let value = written;
  for (const key of path) {
    let type = shape[String(key)];
    value = (value as Record<PropertyKey, unknown>)[key];
    while (type && !type.shape && type.unwrap) type = type.unwrap();
    const { every } = value as { every?: unknown };
    shape = (type?.options?.find(({ shape: option }) => option?.every?.safeParse(every).success) ?? type)?.shape ?? {};
  }
  return Object.keys(shape);
}

const show = (value: unknown) => {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
};

const contextSettings = () => (readJson(cdkJson) as { context?: { settings?: unknown } }).context?.settings;

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    throw new WrongSettings(
      `The newsletter’s settings cannot be read.\n\n  ${file}\n    came:     ${fault}\n    would do: a JSON file with the settings, as in cdk.json\n`,
    );
  }
}
