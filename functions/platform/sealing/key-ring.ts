import type { KeyObject } from 'node:crypto';

/** The keys that seal links and forms: `current` seals, every one of them opens, so that old mails keep working. */
export type KeyRing = { current: string; keys: ReadonlyMap<string, KeyObject> };

/** The key that seals now. */
export function currentKey({ current, keys }: KeyRing): KeyObject {
  const key = keys.get(current);
  if (!key) throw new Error(`The ring of token keys does not hold ${current}.`);
  return key;
}
