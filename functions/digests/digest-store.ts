import type { MailboxProvider } from '../mail/mailbox-provider.ts';
import { compressedParts, fromCompressedParts } from '../platform/compressed-parts.ts';
import { type Key, keys } from '../platform/keys.ts';
import type { Table, Update } from '../platform/table.ts';
import type { Canary } from './canary.ts';
import { Digest, type FrozenIssue, type Hold, type ProviderBlocks } from './digest.ts';
import { rememberAudience } from './last-audience.ts';
import { heldBackNotice, type NoticeKind, providerOfNotice } from './notice-kind.ts';
import { isIssueDigest } from './occurrence.ts';
import type { Receipt } from './receipt.ts';
import { RenderedDigest } from './rendered-digest.ts';
import { type Trip, tripInWords } from './trip.ts';

const stillOpen = '#phase = :open';
const phase = { '#phase': 'phase' };
const listed = { pk: keys.listedDigests };
const listedId = ({ sk }: Key) => sk.slice(sk.indexOf('#') + 1);
/** Pointers read at a time when looking for what stands beside: most are what is looked for. */
const besidePage = 50;

/** Digests, their holds and their rendered email. */
export class DigestStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * The digest of this id: made now, held for its assembly and, with `holdUntil`, for a while longer, if there is none yet.
   * The marker and the list entry come first, so that a digest which exists is always found by whoever watches over open
   * ones.
   */
  async open(digest: Pick<Digest, 'id' | 'kind' | 'scheduledFor' | 'frozenAt' | 'holdUntil'>): Promise<Digest> {
    const known = await this.find(digest.id);
    if (known) return known;
    await this.#table.put({ ...keys.openDigest(digest.id), openedAt: digest.frozenAt });
    await this.#table.put(keys.listedDigest(digest));
    await this.#table.put(
      {
        ...keys.digest(digest.id),
        ...digest,
        phase: 'open',
        holds: new Set<Hold>(digest.holdUntil ? ['assembly', 'hold period'] : ['assembly']),
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

  /** The digests of the schedule next to one, the nearest first; issues sent on their own in between do not count. */
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

  /** Somebody may have opened it anew at the same moment: then it is not forgotten. */
  async forgetOpen(id: string): Promise<void> {
    await this.#table.delete(keys.openDigest(id));
    if ((await this.find(id))?.phase === 'open') await this.#table.put(keys.openDigest(id));
  }

  /** Fixes which issues, in which wording, the digest mails; the first list holds for ever. */
  async freezeIssues(id: string, issues: readonly FrozenIssue[]): Promise<Digest> {
    await this.#table.update(keys.digest(id), {
      set: 'SET issues = :issues',
      condition: 'attribute_not_exists(issues)',
      values: { ':issues': issues },
    });
    return this.#mustFind(id);
  }

  /** The parts are there before the digest points at them; then its assembly is over. */
  async saveRendered(id: string, rendered: RenderedDigest): Promise<void> {
    const parts = await compressedParts(rendered);
    await Promise.all(parts.map((bytes, part) => this.#table.put({ ...keys.rendered(id, part), bytes })));
    await this.#table.update(keys.digest(id), {
      set: 'SET subject = :subject, renderedParts = :parts, shortened = :shortened DELETE holds :assembly',
      condition: stillOpen,
      names: phase,
      values: {
        ...{ ':subject': rendered.subject, ':parts': parts.length, ':shortened': atMost(100, rendered.shortened) },
        ...{ ':assembly': new Set(['assembly']), ':open': 'open' },
      },
    });
  }

  /**
   * Holds back all but the canary's orders, while the digest is still being made: later, orders that were never meant to wait
   * may be on their way. The first plan holds.
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

  /** The canary's orders are out: until then they are watched. Who comes second changes nothing. */
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

  /** False when the digest is over. A hold that is there already stays, and so does its reason. */
  async hold(id: string, hold: Hold, reason?: string): Promise<boolean> {
    const held = await this.#table.update(keys.digest(id), {
      set: `ADD holds :hold${reason ? ' SET holdReason = :reason' : ''}`,
      condition: stillOpen,
      names: phase,
      values: { ':hold': new Set([hold]), ':open': 'open', ...(reason && { ':reason': reason }) },
    });
    return held !== undefined;
  }

  /** Too much went wrong: the digest waits for an editor's word, and the figures so far do not trip the brake again. */
  async brake(id: string, trip: Trip, receipt?: Receipt): Promise<boolean> {
    const braked = await this.#table.update(keys.digest(id), {
      set: `ADD holds :hold SET holdReason = :reason, trip = :trip${receipt ? ', brakedAt = :receipt' : ''}`,
      condition: stillOpen,
      names: phase,
      values: {
        ...{ ':hold': new Set(['brake']), ':open': 'open', ':reason': tripInWords(trip), ':trip': trip },
        ...(receipt && { ':receipt': receipt }),
      },
    });
    return braked !== undefined;
  }

  /** An editor has seen these figures and lets the digest go on: they do not trip the brake again. */
  async forgive(id: string, receipt: Receipt): Promise<void> {
    const values = { ':receipt': receipt, ':brake': 'brake' };
    await this.#whileOpen(id, { set: 'SET brakedAt = :receipt', condition: 'contains(holds, :brake)', values });
  }

  /** Each party removes only its own hold, and the reason with the hold it is the reason of; false when the digest is over. */
  async release(id: string, hold: Hold): Promise<boolean> {
    const released = await this.#table.update(keys.digest(id), {
      // When it holds again, its editors are told again.
      set: `DELETE holds :hold, noticed :hold${hold === 'fault' || hold === 'brake' ? ' REMOVE holdReason' : hold === 'quota' ? ' REMOVE parkedUntil' : ''}`,
      condition: stillOpen,
      names: phase,
      values: { ':hold': new Set([hold]), ':open': 'open' },
    });
    return released !== undefined;
  }

  /** The readers of these mailbox providers wait for an editor's word. */
  async holdBack(id: string, providers: readonly MailboxProvider[]): Promise<void> {
    await this.#whileOpen(id, { set: 'ADD heldBack :providers', values: { ':providers': new Set(providers) } });
  }

  /** An editor lets the readers of these providers be mailed, having seen what was refused; false when the digest is over. */
  async sendToProviders(id: string, providers: readonly MailboxProvider[], forgiven: ProviderBlocks): Promise<boolean> {
    const notices = new Set(providers.map(heldBackNotice));
    return this.#whileOpen(id, {
      set: 'SET forgivenBlocks = :forgiven DELETE heldBack :providers, noticed :notices',
      values: { ':providers': new Set(providers), ':notices': notices, ':forgiven': forgiven },
    });
  }

  /** By when a parked digest can go on. */
  async parkUntil(id: string, until: Date): Promise<void> {
    const values = { ':until': until.toISOString(), ':quota': 'quota' };
    await this.#whileOpen(id, { set: 'SET parkedUntil = :until', condition: 'contains(holds, :quota)', values });
  }

  /** That the editors are being told, by the one caller who gets true; of what waits only while it does. */
  async claimNotice(id: string, kind: NoticeKind): Promise<boolean> {
    const provider = providerOfNotice(kind);
    const waits = provider ? 'contains(heldBack, :provider)' : 'contains(holds, :kind)';
    const claimed = await this.#table.update(keys.digest(id), {
      set: 'ADD noticed :notice',
      condition: `${kind === 'receipt' ? '#phase <> :open' : `${stillOpen} AND ${waits}`} AND NOT contains(noticed, :kind)`,
      names: phase,
      values: { ':notice': new Set([kind]), ':kind': kind, ':open': 'open', ...(provider && { ':provider': provider }) },
    });
    return claimed !== undefined;
  }

  /** Nobody was told after all. */
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

  /** Ends an open digest, once: true for the one caller who did. It is watched on, until its editors have its account. */
  async end(id: string, end: 'done' | 'skipped' | 'cancelled', now: Date, receipt?: Receipt): Promise<boolean> {
    const ended = await this.#table.update(keys.digest(id), {
      set: `SET #phase = :end, endedAt = :now${receipt ? ', receipt = :receipt' : ''} REMOVE holds`,
      condition: stillOpen,
      names: phase,
      values: { ':end': end, ':now': now.toISOString(), ':open': 'open', ...(receipt && { ':receipt': receipt }) },
    });
    if (ended && end === 'done') await rememberAudience(this.#table, String(ended.frozenAt));
    return ended !== undefined;
  }

  /** A digest that is done sends again, to positions that were unknown. False when it is not done. */
  async reopen(id: string): Promise<boolean> {
    await this.#table.put({ ...keys.openDigest(id) });
    const reopened = await this.#table.update(keys.digest(id), {
      set: 'SET #phase = :open REMOVE endedAt',
      condition: '#phase = :done',
      names: phase,
      values: { ':open': 'open', ':done': 'done' },
    });
    return reopened !== undefined;
  }

  /** An editor's word to send to the unknown; false when the digest was called off or skipped. */
  async sendToUnknown(id: string, now: Date): Promise<boolean> {
    await this.#table.put({ ...keys.openDigest(id) });
    const said = await this.#table.update(keys.digest(id), {
      set: 'SET sendToUnknownAt = :now',
      condition: '#phase IN (:open, :done)',
      names: phase,
      values: { ':now': now.toISOString(), ':open': 'open', ':done': 'done' },
    });
    return said !== undefined;
  }

  /** Whether it took place: nothing of a digest that is over changes any more. */
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
