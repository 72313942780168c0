import { Ledger } from '../../functions/deliveries/ledger.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { FeedbackLog } from '../../functions/feedback/feedback-log.ts';
import type { ReaderFeedback } from '../../functions/feedback/reader-feedback.ts';
import { settleReader } from '../../functions/feedback/settle-reader.ts';
import { ImportStore } from '../../functions/imports/import-store.ts';
import { Table } from '../../functions/platform/table.ts';
import { countMessage, countReaders } from '../../functions/statistics/count-readers.ts';
import { StatisticsStore } from '../../functions/statistics/statistics-store.ts';
import { moveReader } from '../../functions/subscribers/account/move-reader.ts';
import { ReaderAccount } from '../../functions/subscribers/account/reader-account.ts';
import { confirmSubscription } from '../../functions/subscribers/confirm-subscription.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import type { ImportedReader } from '../../functions/subscribers/imported/imported-reader.ts';
import { ImportedReaderStore } from '../../functions/subscribers/imported/imported-reader-store.ts';
import { leave } from '../../functions/subscribers/leave.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { DeadMailboxes } from '../../functions/subscribers/tombstones/dead-mailboxes.ts';
import { eraseReader } from '../../functions/subscribers/tombstones/erase-reader.ts';
import { reinstateReader } from '../../functions/subscribers/tombstones/reinstate-reader.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { actor } from '../support/people.ts';

const page = { page: '/', locale: 'en' } as const;
const clicked = { ...page, sourceAddress: '203.0.113.7' };

/** The id of reader n: one shard each, sixteen in all. */
export const reader = (n: number) => `${(n % 16).toString(16)}${String(n).padStart(31, '0')}`;

/** The real stores over a table in memory, moved by what readers, editors, lists and mailboxes do, and counted. */
export class CountedList {
  now = new Date('2026-09-07T04:00:00Z');
  readonly table = new Table(new MemoryDatabase({ pageItems: 7 }).client(), 'Table');
  readonly subscribers = new SubscriberStore(this.table);
  readonly statistics = new StatisticsStore(this.table);
  /** Whom a list has brought. */
  readonly imported = new Set<number>();
  readonly #consents = new ConsentLog(this.table);
  readonly #tombstones = new Tombstones(this.table);
  readonly #account = new ReaderAccount(this.table);
  readonly #feedback = new FeedbackLog(this.table);
  readonly #imports = new ImportStore(this.table);
  readonly #imported = new ImportedReaderStore(this.table);
  readonly #digests = new DigestStore(this.table);
  readonly #services = {
    subscribers: this.subscribers,
    consents: this.#consents,
    tombstones: this.#tombstones,
    limits: { giveBack: async () => 'before' as const },
    line: { confirmed: async () => undefined },
    hosts: { learn: async () => undefined },
    announce: async () => undefined,
    now: () => this.now,
  };

  at(time: string): this {
    this.now = new Date(time);
    return this;
  }

  /** A minute, so that no two acts are of one moment, or as long as is said. */
  later(milliseconds = 60_000): this {
    this.now = new Date(this.now.getTime() + milliseconds);
    return this;
  }

  async signUp(n: number, source?: string) {
    const signUp = { id: reader(n), address: `r${n}@example.org`, locale: 'en', topics: [] } as const;
    const { state } = await this.subscribers.signUp(signUp, this.now);
    if (state === 'pending') await this.#consents.record(reader(n), { event: 'asked', at: this.now.toISOString(), source, ...page });
  }

  async confirm(n: number) {
    const known = await this.subscribers.find(reader(n));
    const nonce = known && 'nonce' in known ? known.nonce : 'none';
    return confirmSubscription({ id: reader(n), nonce }, clicked, this.#services);
  }

  async join(n: number, source?: string) {
    await this.signUp(n, source);
    this.later();
    await this.confirm(n);
  }

  leave = (n: number, by: 'page' | 'one-click' | 'editor' = 'page') =>
    leave(reader(n), by, { page: by === 'page' ? '/unsubscribe' : by }, this.#services);
  sayWhy = (n: number, reason: 'too_many' | 'not_for_me') => this.#account.sayWhy(reader(n), reason);
  erase = (n: number) => eraseReader(reader(n), page, this.#services);
  reinstate = (n: number) =>
    reinstateReader({ id: reader(n), address: `r${n}@example.org`, reason: 'called', by: actor('ed'), locale: 'en' }, this.#services);

  async move(from: number, to: number) {
    const wanted = await this.#account.wantToMove(reader(from), { id: reader(to), address: `r${to}@example.org` });
    return moveReader({ id: reader(from), nonce: wanted?.nonce ?? 'none' }, clicked, { ...this.#services, account: this.#account });
  }

  /** What a mailbox or its owner says, and what follows from it. */
  async tell(n: number, kind: ReaderFeedback['kind'], at = this.now) {
    const said = {
      kind,
      at: at.toISOString(),
      messageId: `m-${kind}-${at.getTime()}`,
      mail: '',
      type: '',
      subType: '',
      status: '',
      words: '',
    };
    await this.#feedback.record(reader(n), said);
    await settleReader(reader(n), `r${n}@example.org`, {
      ...this.#services,
      feedback: this.#feedback,
      ledger: new Ledger(this.table),
      deadMailboxes: new DeadMailboxes(this.table, async () => 'key'),
      digests: () => this.#digests.list(100),
    });
  }

  /** A list that is brought and taken in at this moment. */
  async import(id: string, says: Pick<ImportedReader, 'status' | 'at'>, readers: readonly number[]) {
    const at = this.now.toISOString();
    await this.#imports.create({
      id,
      createdAt: at,
      startedAt: at,
      by: actor('ed'),
      filename: 'list.csv',
      size: 1,
      uploadId: id,
      corrections: {},
    });
    for (const [row, n] of readers.entries()) {
      const about = { id: reader(n), address: `r${n}@example.org`, locale: 'en', topics: [], importId: id, row } as const;
      if ((await this.#imported.takeIn({ ...about, ...says }, this.now)) === 'added') this.imported.add(n);
    }
  }

  async digest(id: string) {
    const at = this.now.toISOString();
    await this.#digests.open({ id, kind: 'slot', scheduledFor: at, frozenAt: at });
    await this.#digests.start(id, this.now);
  }

  /** Counts all readers; with `remaining`, in as many goes as that leaves time for. */
  async count({ remaining = 300_000 } = {}) {
    const waiting = [countMessage(this.now.toISOString())];
    const outcomes: string[] = [];
    for (let message = waiting.shift(); message; message = waiting.shift())
      outcomes.push(
        await countReaders(message, {
          ...this.#services,
          statistics: this.statistics,
          digests: this.#digests,
          imports: this.#imports,
          settings: { timeZone: 'Asia/Shanghai' },
          queue: { send: async (next) => void waiting.push(next) },
          remainingMilliseconds: () => remaining,
        }),
      );
    return outcomes;
  }

  /** Every week there is, oldest first. */
  async weeks() {
    const latest = await this.statistics.latest();
    const closed = await this.statistics.closedWeeks(latest?.weeks[0]?.week ?? '', 200);
    return [...closed, ...(latest?.weeks ?? [])];
  }

  /** What of a week is not nought. */
  async week(id: string) {
    const week = (await this.weeks()).find((one) => one.week === id);
    return Object.fromEntries(
      Object.entries(week ?? {}).filter(([name, value]) => typeof value === 'number' && value !== 0 && name !== ''),
    );
  }
}
