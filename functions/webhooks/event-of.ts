import { createHash } from 'node:crypto';
import type { Digest } from '../digests/digest.ts';
import type { DigestStore } from '../digests/digest-store.ts';
import { stateOf } from '../digests/hold.ts';
import type { Announcement } from '../platform/announcement.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { WebhookEvent } from './webhook.ts';

export type FactServices = {
  subscribers: Pick<SubscriberStore, 'find'>;
  digests: Pick<DigestStore, 'find'>;
  publicOrigin: string;
};

/** What was announced at this moment, once it is true; undefined while it is not, or if something earlier had made it true. */
export async function eventOf(what: Announcement, announcedAt: string, services: FactServices): Promise<WebhookEvent | undefined> {
  switch (what.type) {
    case 'reader.confirmed':
    case 'reader.left':
      return readerEvent(what, announcedAt, services);
    case 'issue.published':
    case 'digest.finished':
    case 'digest.held':
      return digestEvent(what, announcedAt, services);
    default:
      return what satisfies never;
  }
}

type Of<Type extends Announcement['type']> = Extract<Announcement, { type: Type }>;

async function readerEvent(what: Of<'reader.confirmed' | 'reader.left'>, announcedAt: string, { subscribers }: FactServices) {
  const reader = await subscribers.find(what.reader);
  const at = what.type === 'reader.confirmed' ? reader?.confirmedAt : reader && leftAt(reader);
  if (!reader || at === undefined || at < announcedAt) return undefined;
  const { locale = null, topics = [] } = 'topics' in reader ? reader : {};
  const data = { reader: { id: reader.id, locale, topics }, ...(what.type === 'reader.left' && { by: what.by }) };
  return { id: idOf(what.type, reader.id, at), type: what.type, at, reader: reader.id, data };
}

/**
 * When a reader went who had been one. Within the minute they may have complained as well, which leaves nothing of their leaving, or have
 * asked to come back.
 */
function leftAt(reader: Subscriber): string | undefined {
  switch (reader.state) {
    case 'erased':
      return reader.erasedAt;
    case 'unsubscribed':
      return reader.confirmedAt && reader.leftAt;
    case 'suppressed':
      return reader.erasedAt ?? (reader.reason === 'complaint' ? reader.suppressedAt : reader.confirmedAt && reader.leftAt);
    case 'pending':
      return reader.cameFrom === 'unsubscribed' ? reader.signedUpAt : undefined;
    default:
      return undefined;
  }
}

async function digestEvent(
  what: Of<'issue.published' | 'digest.finished' | 'digest.held'>,
  announcedAt: string,
  { digests, publicOrigin }: FactServices,
) {
  const digest = await digests.find(what.digest);
  if (!digest) return undefined;
  const { type } = what;
  if (type === 'digest.held')
    return {
      // A hold that is told again and again while no mail gets through is one event an hour; one for another reason is another.
      id: idOf(type, digest.id, what.hold, what.reason ?? '', announcedAt.slice(0, 13)),
      type,
      at: announcedAt,
      data: { digest: shownDigest(digest), hold: what.hold, reason: what.reason ?? null },
    };
  const at = type === 'issue.published' ? digest.publishedAt : digest.phase === 'open' ? undefined : digest.endedAt;
  if (at === undefined || at < announcedAt) return undefined;
  if (type === 'digest.finished')
    return { id: idOf(type, digest.id, at), type, at, data: { digest: shownDigest(digest), report: digest.report ?? null } };
  const issue = digest.issues?.find(({ slug }) => slug === what.slug);
  const shown = { slug: what.slug, title: issue?.title ?? null, url: `${publicOrigin}/archive/${what.slug}` };
  return { id: idOf(type, digest.id, what.slug), type, at, data: { issue: shown, digest: digest.id } };
}

const shownDigest = (digest: Digest) => ({
  id: digest.id,
  state: stateOf(digest),
  subject: digest.subject ?? null,
  scheduledFor: digest.scheduledFor,
  issues: digest.issues?.map(({ slug }) => slug) ?? [],
});

/** The same for the same fact, however often and by whomever it is announced. */
const idOf = (...parts: string[]) => `msg_${createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, 24)}`;
