import { gunzipSync, gzipSync } from 'node:zlib';
import { decrypt, encrypt } from '../platform/sealing/encrypt.ts';
import { keyedHash } from '../platform/sealing/keyed-hash.ts';
import { Subscriber } from '../subscribers/subscriber.ts';

/**
 * The nightly copy of who has gone, outside the table: files below `departures/<night>/`, each with the readers behind the id that it is
 * named by, and one that says that the night is complete. A table that is lost takes neither with it.
 */
export const departuresFolder = 'departures';
const complete = 'complete';

/** How far a copy reaches back: point-in-time recovery knows 35 days, and a suppression may say of itself that it is a month older. */
export const copiedDays = 90;

/** Data that is older than this lacks some who have gone and are in no copy any more. */
export const comparableDays = copiedDays - 30;

/** A night as it is in the name of a file. */
const nightOf = (wantedAt: string) => new Date(wantedAt).toISOString().replaceAll(/[-:]|\.\d+/g, '');

export const copyKey = ({ wantedAt, after = 'begin' }: { wantedAt: string; after?: string | undefined }) =>
  `${departuresFolder}/${nightOf(wantedAt)}/${after}`;
export const completeKey = ({ wantedAt }: { wantedAt: string }) => copyKey({ wantedAt, after: complete });

/** The files of the last night that was copied as a whole, and when it began; undefined where there is none. */
export function lastNight(names: readonly string[]): { wantedAt: string; files: string[] } | undefined {
  const last = names
    .filter((name) => name.endsWith(`/${complete}`))
    .sort()
    .at(-1);
  const [, , year, month, day, hour, minute, second] =
    /^([^/]+)\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\/complete$/.exec(last ?? '') ?? [];
  if (!last || !year) return undefined;
  const folder = last.slice(0, -complete.length);
  const files = names.filter((name) => name.startsWith(folder) && name !== last).sort();
  return { wantedAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`, files };
}

/** With a key of its own, made of the identity key: without that nobody can read it. */
const keyOf = (identityKey: string) => keyedHash(identityKey, 'departures', '');

/** Readers as a file that nobody can read without the identity key. */
export const sealReaders = (identityKey: string, readers: readonly Subscriber[]): Uint8Array =>
  encrypt(keyOf(identityKey), gzipSync(readers.map((reader) => JSON.stringify(reader)).join('\n')));

/** The readers again. Throws when they were sealed with another key, or changed. */
export function openReaders(identityKey: string, sealed: Uint8Array): Subscriber[] {
  const text = gunzipSync(decrypt(keyOf(identityKey), sealed)).toString('utf8');
  return text === '' ? [] : text.split('\n').map((line) => Subscriber.parse(JSON.parse(line)));
}
