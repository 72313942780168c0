import { emptyReport } from '../../functions/digests/delivery-report.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import type { Internet, Sending } from '../../functions/issues/images/fetch-image.ts';
import type { Announcement } from '../../functions/platform/announcement.ts';
import type { Table } from '../../functions/platform/table.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { Announcements } from '../../functions/webhooks/announcements.ts';
import { deliverWebhooks } from '../../functions/webhooks/deliver-webhooks.ts';
import { watchWebhooks } from '../../functions/webhooks/watch-webhooks.ts';
import { type EventType, eventTypes, type Webhook } from '../../functions/webhooks/webhook.ts';
import { WebhookStore } from '../../functions/webhooks/webhook-store.ts';
import { actor } from '../support/people.ts';

/** What came to a receiver, as it came. */
type Came = { url: string; address: string; headers: Record<string, string>; body: string };

/** How a receiver answers: with a status, or not at all. */
export type Behaviour = number | 'down' | 'hangs' | { status: number; location: string };

/** Webhooks over a table, an internet of receivers that do as they are told, and a clock of the test's own. */
export function receivers(table: Table) {
  const time = { now: new Date('2026-11-27T01:00:00Z') };
  const now = () => time.now;
  const webhooks = new WebhookStore(table);
  const announcements = new Announcements(table);
  const came: Came[] = [];
  const behaviours = new Map<string, Behaviour[]>();
  const addresses = new Map<string, string[]>();
  const gaveUp: string[] = [];
  const sent: unknown[] = [];
  const state = { remaining: 5_000 };
  const internet: Internet = {
    resolve: async (host) => (addresses.get(host) ?? ['93.184.215.14']).map((address) => ({ address, family: 4 })),
    request: async (url, { address }, signal, sending) => {
      const { headers, body } = sending as Sending;
      came.push({ url: url.href, address, headers, body });
      const told = behaviours.get(url.host) ?? [];
      const behaviour = (told.length > 1 ? told.shift() : told[0]) ?? 200;
      if (behaviour === 'down') throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
      if (behaviour === 'hangs') return new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('aborted'))));
      const { status, location } = typeof behaviour === 'number' ? { status: behaviour, location: undefined } : behaviour;
      return { status, headers: { location }, body: (async function* () {})() };
    },
  };
  const subscribers = new SubscriberStore(table);
  const digests = new DigestStore(table);
  const services = {
    webhooks,
    announcements,
    subscribers,
    digests,
    queue: { send: async (message: unknown) => void sent.push(message) },
    internet: () => internet,
    identityKey: 'identity',
    publicOrigin: 'https://news.example.org',
    remainingMilliseconds: () => state.remaining,
    now,
  };
  const announce = (what: Announcement) => announcements.announce(what, now());
  const consent = { subscribers, consents: new ConsentLog(table), tombstones: new Tombstones(table), announce, now };

  async function hook(id: string, over: Partial<Webhook> = {}): Promise<string> {
    const url = `https://${id}.example.org/hook`;
    const events: EventType[] = [...eventTypes];
    const common = { id, name: id, url, events, withAddresses: false, active: true, failures: 0 };
    await webhooks.create({ ...common, by: actor('ada'), createdAt: now().toISOString(), ...over });
    return id;
  }

  const deliver = (over: Partial<typeof services> = {}) => deliverWebhooks({ ...services, ...over });
  const watch = () => watchWebhooks({ ...services, tellGivenUp: async ({ id }) => void gaveUp.push(id) });

  /** What the minutes bring: the watch looks, and work is done while there is any. */
  async function afterMinutes(minutes: number) {
    time.now = new Date(time.now.getTime() + minutes * 60_000);
    sent.length = 0;
    await watch();
    for (let turns = 0; sent.splice(0).length > 0 && turns < 50; turns += 1) await deliver();
  }

  /** A reader signs up and is confirmed by a click. */
  async function reader(n: number) {
    const id = n.toString(16).padStart(32, '0');
    const signedUp = await subscribers.signUp({ id, address: `r${n}@example.org`, locale: 'en', topics: ['ships'] }, now());
    const nonce = 'nonce' in signedUp ? (signedUp.nonce ?? '') : '';
    await announce({ type: 'reader.confirmed', reader: id });
    await subscribers.confirm(id, nonce, now());
    return id;
  }

  async function aDigest(id = '2026-11-27T0100Z') {
    await digests.open({ id, kind: 'slot', scheduledFor: now().toISOString(), frozenAt: now().toISOString() });
    await digests.freezeIssues(id, [{ slug: 'one', contentHash: 'x', title: 'One', date: '2026-11-20' }]);
    return id;
  }

  const endDigest = async (id: string) => {
    await announce({ type: 'digest.finished', digest: id });
    await digests.end(id, 'done', now(), { ...emptyReport(), audience: 3, submitted: 3 });
  };

  const bodies = () => came.map(({ body }) => JSON.parse(body));
  const log = async (id: string) => (await webhooks.ended(id, 100)).map(({ delivery }) => delivery);
  return {
    webhooks,
    announcements,
    digests,
    consent,
    announce,
    hook,
    deliver,
    watch,
    afterMinutes,
    reader,
    aDigest,
    endDigest,
    came,
    bodies,
    behaviours,
    addresses,
    gaveUp,
    state,
    now,
    log,
  };
}
