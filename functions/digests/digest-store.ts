import type { MailboxProvider } from '../mail/mailbox-provider.ts';
import { compressedParts, fromCompressedParts } from '../platform/compressed-parts.ts';
import { type Key, keys, type ShardCount } from '../platform/keys.ts';
import type { Table, Update } from '../platform/table.ts';
import type { Canary } from './canary.ts';
import type { DeliveryReport } from './delivery-report.ts';
import { Digest, type FrozenIssue, type ProviderBlocks } from './digest.ts';
import { rememberAudience } from './history/last-audience.ts';
import { type Hold, holdRules } from './hold.ts';
import { IncidentStore } from './incident-store.ts';
import type { NextDigestPlan } from './next-digest.ts';
import { incidentOfNotice, type NoticeKind, postponedNotice, providerOfNotice } from './notice-kind.ts';
import { RenderedDigest } from './rendering/rendered-digest.ts';
import { isIssueDigest } from './slot.ts';
import { type Trip, tripInWords } from './trip.ts';
import { wishesIn } from './wishes/wish.ts';

const stillOpen = '#phase = :open';
const phase = { '#phase': 'phase' };
const listed = { pk: keys.listedDigests };
const listedId = ({ sk }: Key) => sk.slice(sk.indexOf('#') + 1);
/** Pointers read at a time when looking for the neighbours of a digest. Most pointers are of digests of the schedule. */
const besidePage = 50;

export type OpenedDigest = Pick<Digest, 'id' | 'kind' | 'slug' | 'scheduledFor' | 'frozenAt' | 'holdUntil'>;

/** Digests, their holds and their rendered email. */
export class DigestStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * The digest with this id. If there is none yet it is made now, held for its assembly and for what else is given. The marker and
   * the list entry are written first, so that the watch finds every digest that exists.
   */
  async open(digest: OpenedDigest, holds: readonly Hold[] = []): Promise<Digest> {
    const known = await this.find(digest.id);
    if (known) return known;
    await this.#table.put({ ...keys.openDigest(digest.id), openedAt: digest.frozenAt });
    await this.#table.put(keys.listedDigest(digest));
    await this.#table.put(
      {
        ...keys.digest(digest.id),
        ...digest,
        phase: 'open',
        holds: new Set<Hold>(['assembly', ...(digest.holdUntil ? ['hold period' as const] : []), ...holds]),
      },
      { expression: 'attribute_not_exists(pk)' },
    );
    return this.#mustFind(digest.id);
  }

  async find(id: string): Promise<Digest | undefined> {
    const item = await this.#table.get(keys.digest(id));
    return item && Digest.parse(item);
  }

  /** Newest first: those for an earlier moment than `before`, whatever their kind. */
  async list(limit: number, before?: Pick<Digest, 'id' | 'scheduledFor'>): Promise<Digest[]> {
    const pointers = this.#table.query({ ...listed, descending: true, limit, ...(before && { after: keys.listedDigest(before).sk }) });
    const ids = (await Array.fromAsync(pointers)).map(listedId);
    const found = await this.#table.getMany([...new Set(ids)].map(keys.digest));
    const digests = new Map(found.map((item) => Digest.parse(item)).map((digest) => [digest.id, digest]));
    return [...new Set(ids)].flatMap((id) => digests.get(id) ?? []);
  }

  /** The digests of the schedule next to one, the nearest first. Issues sent on their own in between do not count. */
  async beside(digest: Pick<Digest, 'id' | 'scheduledFor'>, direction: 'older' | 'newer', limit: number): Promise<Digest[]> {
    const range = { ...listed, descending: direction === 'older', after: keys.listedDigest(digest).sk, pageSize: besidePage };
    const ids: string[] = [];
    for await (const pointer of this.#table.query(range)) {
      if (!isIssueDigest(listedId(pointer))) ids.push(listedId(pointer));
      if (ids.length === limit) break;
    }
    const found = await Promise.all(ids.map((id) => this.find(id)));
    return found.filter((beside) => beside !== undefined);
  }

  /** Ids of the digests that may still have something to do. */
  async openIds(): Promise<string[]> {
    return (await Array.fromAsync(this.#table.query({ pk: keys.openDigest('').pk }))).map(({ sk }) => sk);
  }

  /** Takes a digest off the list of open ones. If it was opened again at the same moment, or something is wished, it stays there. */
  async forgetOpen(id: string): Promise<void> {
    await this.#table.delete(keys.openDigest(id));
    const digest = await this.find(id);
    if (digest && (digest.phase === 'open' || wishesIn(digest).length > 0)) await this.#table.put(keys.openDigest(id));
  }

  /**
   * Fixes which issues, in which order and wording, the digest mails, what its editors say before them, and into how many shards it is
   * planned. What is written first is never replaced.
   */
  async freezeIssues(id: string, issues: readonly FrozenIssue[], shards: ShardCount = 16, plan?: NextDigestPlan): Promise<Digest> {
    const { version, note } = plan ?? {};
    await this.#table.update(keys.digest(id), {
      set: 'SET issues = :issues, shards = :shards, planned = :planned',
      condition: 'attribute_not_exists(issues)',
      values: { ':issues': issues, ':shards': shards, ':planned': { ...(version && { version }), ...(note && { note: note.blocks }) } },
    });
    return this.#mustFind(id);
  }

  /** The parts are written before the digest points at them. With that its assembly is over. */
  async saveRendered(id: string, rendered: RenderedDigest): Promise<void> {
    const parts = await compressedParts(rendered);
    await Promise.all(parts.map((bytes, part) => this.#table.put({ ...keys.rendered(id, part), bytes })));
    await this.#table.update(keys.digest(id), {
      set: 'SET subject = :subject, renderedParts = :parts, shortened = :shortened DELETE holds :assembly',
      condition: stillOpen,
      names: phase,
      values: {
        ':subject': rendered.subject,
        ':parts': parts.length,
        ':shortened': atMost(100, rendered.shortened),
        ':assembly': new Set(['assembly']),
        ':open': 'open',
      },
    });
  }

  /**
   * Holds all but the canary's batches, while the digest is still being made: later, batches that were not meant to wait may be
   * with SES already. The first plan that is written is never replaced.
   */
  async holdForCanary(id: string, canary: Canary): Promise<boolean> {
    const planned = await this.#table.update(keys.digest(id), {
      set: 'SET canary = :canary ADD holds :hold',
      condition: `${stillOpen} AND contains(holds, :assembly) AND attribute_not_exists(canary)`,
      names: phase,
      values: { ':canary': canary, ':hold': new Set(['canary']), ':assembly': 'assembly', ':open': 'open' },
    });
    return planned !== undefined;
  }

  /** The canary's batches are out and are watched until this moment. A second call changes nothing. */
  async watchCanary(id: string, until: Date): Promise<void> {
    const set = 'SET canaryUntil = :until';
    await this.#whileOpen(id, { set, condition: 'attribute_not_exists(canaryUntil)', values: { ':until': until.toISOString() } });
  }

  async rendered({ id, renderedParts = 0 }: Digest): Promise<RenderedDigest> {
    const parts = await Promise.all(
      Array.from({ length: renderedParts }, async (_, part) => (await this.#table.get(keys.rendered(id, part)))?.bytes as Uint8Array),
    );
    return RenderedDigest.parse(await fromCompressedParts(parts));
  }

  /** False when the digest is over. A hold that is set already stays, with its reason unless there is a new one. */
  async hold(id: string, hold: Hold, reason?: string): Promise<boolean> {
    return this.#whileOpen(id, {
      set: `ADD holds :hold${reason ? ' SET holdReason = :reason' : ''}`,
      values: { ':hold': new Set([hold]), ...(reason && { ':reason': reason }) },
    });
  }

  /** Too much went wrong: the digest waits until an editor decides. With a report, what is in it does not trip the brake again. */
  async brake(id: string, trip: Trip, report?: DeliveryReport): Promise<boolean> {
    return this.#whileOpen(id, {
      set: `ADD holds :hold SET holdReason = :reason, trip = :trip${report ? ', brakedAt = :report' : ''}`,
      values: { ':hold': new Set(['brake']), ':reason': tripInWords(trip), ':trip': trip, ...(report && { ':report': report }) },
    });
  }

  /** An editor has seen these numbers and lets the digest go on: they do not trip the brake again. */
  async forgive(id: string, report: DeliveryReport): Promise<void> {
    const values = { ':report': report, ':brake': 'brake' };
    await this.#whileOpen(id, { set: 'SET brakedAt = :report', condition: 'contains(holds, :brake)', values });
  }

  /** Lifts one hold, with the reason that belongs to it; each party lifts only its own. False when the digest is over. */
  async release(id: string, hold: Hold): Promise<boolean> {
    const { reason } = holdRules[hold];
    return this.#whileOpen(id, {
      // The notice goes, too: when the hold is set again, the editors get another mail.
      set: `DELETE holds :hold, noticed :hold${reason ? ` REMOVE ${reason}` : ''}`,
      values: { ':hold': new Set([hold]) },
    });
  }

  /** The readers of these mailbox providers wait until an editor decides. */
  async postpone(id: string, providers: readonly MailboxProvider[], now: Date): Promise<void> {
    const values = { ':providers': new Set(providers), ':now': now.toISOString() };
    await this.#whileOpen(id, { set: 'SET postponedAt = :now ADD postponed :providers', values });
  }

  /** An editor, who has seen what was refused, has the readers of these providers mailed. False when the digest is over. */
  async sendToProviders(id: string, providers: readonly MailboxProvider[], forgiven: ProviderBlocks): Promise<boolean> {
    const notices = new Set(providers.map(postponedNotice));
    return this.#whileOpen(id, {
      set: 'SET forgivenBlocks = :forgiven DELETE postponed :providers, noticed :notices',
      values: { ':providers': new Set(providers), ':notices': notices, ':forgiven': forgiven },
    });
  }

  /** All of its batches that may go have been woken. */
  async woken(id: string, now: Date): Promise<void> {
    await this.#whileOpen(id, { set: 'SET wokenAt = :now', values: { ':now': now.getTime() } });
  }

  /** By when a digest that waits for quota can go on. */
  async parkUntil(id: string, until: Date): Promise<void> {
    const values = { ':until': until.toISOString(), ':quota': 'quota' };
    await this.#whileOpen(id, { set: 'SET parkedUntil = :until', condition: 'contains(holds, :quota)', values });
  }

  /** True for the one caller who may mail the editors about this. About a hold or a provider only while it is set. */
  async claimNotice(id: string, kind: NoticeKind): Promise<boolean> {
    const incident = incidentOfNotice(kind);
    if (incident) return new IncidentStore(this.#table).claimNotice(id, kind, incident);
    const provider = providerOfNotice(kind);
    const waits = provider ? 'contains(postponed, :provider)' : 'contains(holds, :kind)';
    const claimed = await this.#table.update(keys.digest(id), {
      set: 'ADD noticed :notice',
      condition: `${kind === 'report' ? '#phase <> :open' : `${stillOpen} AND ${waits}`} AND NOT contains(noticed, :kind)`,
      names: phase,
      values: { ':notice': new Set([kind]), ':kind': kind, ':open': 'open', ...(provider && { ':provider': provider }) },
    });
    return claimed !== undefined;
  }

  /** The mail was not sent after all. */
  async giveBackNotice(id: string, kind: NoticeKind): Promise<void> {
    await this.#table.update(keys.digest(id), {
      set: 'DELETE noticed :notice',
      condition: 'attribute_exists(pk)',
      values: { ':notice': new Set([kind]) },
    });
  }

  /** The first claim: true for the one caller who started it. */
  async start(id: string, now: Date): Promise<boolean> {
    const started = await this.#table.update(keys.digest(id), {
      set: 'SET startedAt = :now',
      condition: 'attribute_not_exists(startedAt)',
      values: { ':now': now.toISOString() },
    });
    return started !== undefined;
  }

  /** Its issues are in the archive. */
  async publish(id: string, now: Date): Promise<void> {
    const values = { ':now': now.toISOString() };
    await this.#table.update(keys.digest(id), { set: 'SET publishedAt = if_not_exists(publishedAt, :now)', values });
  }

  /** Ends an open digest, once: true for the one caller who did. The watch looks after it until its editors have the report. */
  async end(id: string, end: 'done' | 'skipped' | 'cancelled', now: Date, report?: DeliveryReport): Promise<boolean> {
    const ended = await this.#table.update(keys.digest(id), {
      set: `SET #phase = :end, endedAt = :now${report ? ', report = :report' : ''} REMOVE holds`,
      condition: stillOpen,
      names: phase,
      values: { ':end': end, ':now': now.toISOString(), ':open': 'open', ...(report && { ':report': report }) },
    });
    if (ended && end === 'done') await rememberAudience(this.#table, String(ended.frozenAt));
    return ended !== undefined;
  }

  /** Opens a digest that is done, to mail positions that were unknown. False when it is not done. */
  async reopen(id: string): Promise<boolean> {
    await this.#table.put(keys.openDigest(id));
    const reopened = await this.#table.update(keys.digest(id), {
      set: 'SET #phase = :open REMOVE endedAt',
      condition: '#phase = :done',
      names: phase,
      values: { ':open': 'open', ':done': 'done' },
    });
    // A caller that paused in between comes after others who ended the digest again and forgot it.
    if (reopened) await this.#table.put(keys.openDigest(id));
    return reopened !== undefined;
  }

  /** False when the digest is over: then nothing changes. */
  async #whileOpen(id: string, { set, condition, values }: Update): Promise<boolean> {
    const changed = await this.#table.update(keys.digest(id), {
      set,
      condition: condition ? `${stillOpen} AND ${condition}` : stillOpen,
      names: phase,
      values: { ...values, ':open': 'open' },
    });
    return changed !== undefined;
  }

  async #mustFind(id: string): Promise<Digest> {
    const digest = await this.find(id);
    if (!digest) throw new Error(`Digest ${id} was written and is not there.`);
    return digest;
  }
}

// META is read with every claim, so it stays small; the rendered digest keeps the whole list.
const atMost = (most: number, titles: readonly string[]) => [
  ...titles.slice(0, most).map((title) => [...title].slice(0, 80).join('')),
  ...(titles.length > most ? [`+${titles.length - most}`] : []),
];
