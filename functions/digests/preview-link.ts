import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../platform/refusal.ts';
import type { TokenRing } from '../subscribers/token-ring.ts';

/** As long as a test mail is of interest. */
const previewDays = 30;

/** The page of an issue that nobody else may see yet, for whoever gets a test mail of it. */
export function previewLink({ current, keys }: TokenRing, origin: string, slug: string, now: Date): string {
  const key = keys.get(current);
  if (!key) throw new Error(`The ring of token keys does not hold ${current}.`);
  const expires = Math.floor(now.getTime() / 1000) + previewDays * 86_400;
  return `${origin}/archive/${slug}?preview=${expires}.${current}.${seal(key, slug, expires).toString('base64url')}`;
}

/** @throws Refusal `token_invalid` for whatever we did not seal for this issue, `token_expired` after 30 days */
export function checkPreview({ keys }: TokenRing, token: string, slug: string, now: Date): void {
  const [, seconds = '', keyId = '', written = ''] = /^(\d{1,12})\.([\w-]{1,20})\.([\w-]{22})$/.exec(token) ?? [];
  const key = keys.get(keyId);
  const bytes = Buffer.from(written, 'base64url');
  const holds = key && bytes.toString('base64url') === written && timingSafeEqual(seal(key, slug, Number(seconds)), bytes);
  if (!holds) throw new Refusal('token_invalid', 'This preview link is not one of ours, or a part of it is missing.');
  if (now.getTime() / 1000 > Number(seconds)) throw new Refusal('token_expired', `A preview link works for ${previewDays} days.`);
}

/** The prefix keeps it from being taken for a reader's token, which the same keys seal. */
const seal = (key: KeyObject, slug: string, expires: number) =>
  createHmac('sha256', key).update(`issue-preview\0${slug}\0${expires}`).digest().subarray(0, 16);
