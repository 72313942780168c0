import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { packIds } from '../../functions/deliveries/reader-batch.ts';
import { takeReport } from '../../functions/deliveries/report/current-report.ts';
import type { SegmentReading } from '../../functions/deliveries/segments/current-segments.ts';
import { batchesPerSegment } from '../../functions/deliveries/segments/segment-of.ts';
import { readersPerBatch } from '../../functions/digests/canary.ts';
import { shardsFor } from '../../functions/digests/shards-for.ts';
import { shardsOf } from '../../functions/platform/keys.ts';
import { Table } from '../../functions/platform/table.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';
import { commandLine } from '../support/command-line.ts';
import { digestId, readerId } from '../support/delivery-services.ts';
import { MeteredDatabase } from './account/metered-database.ts';
import { quick, report } from './report.ts';

/** What one reading of a digest's numbers takes. Memory: the most that was alive beside what was so before. */
type Reading = { calls: number; units: number; cpuMs: number; aliveMb: number };
type ReportRow = { readers: number; shards: number; segments: number; fromNothing: Reading; unchanged: Reading; sending: Reading };

const at = Date.parse('2026-11-27T01:00:00Z');
const now = () => new Date(at);
/** Mails a second, above which nothing is promised. */
const rate = 500;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * The numbers of a digest of so many readers, who need not exist: a query for a segment's batches is answered with a hundred that are
 * made for it, every position mailed and delivered. Segments are stored for real. CPU is that of the production code, and of
 * making JSON into items, as the SDK does.
 */
class LongLedger {
  readonly #stored = new MemoryDatabase();
  readonly #metered: MeteredDatabase;
  readonly #page: string;
  readonly ledger: Ledger;
  readonly batches: number;
  readonly shards: readonly string[];
  readonly count;

  constructor(readers: number) {
    this.count = shardsFor(readers);
    this.shards = shardsOf(this.count);
    this.batches = Math.ceil(readers / this.count / readersPerBatch);
    this.#page = JSON.stringify(pageOf(batchesPerSegment));
    const answer = (command: object) => (isForBatches(command) ? this.#batchesFor(command) : this.#stored.execute(command));
    this.#metered = new MeteredDatabase({ execute: answer } as MemoryDatabase);
    const send = async (command: object) => this.#metered.execute(command);
    this.ledger = new Ledger(new Table({ send } as never, 'Table'));
  }

  get segments() {
    return this.shards.length * Math.ceil(this.batches / batchesPerSegment);
  }

  async plan() {
    const planned = { batches: this.batches, readers: this.batches * readersPerBatch, endedAt: at };
    for (const shard of this.shards) await this.ledger.recordPlanned(digestId, shard, planned);
  }

  async reading(options?: SegmentReading): Promise<Reading> {
    collect();
    const [before, used, cpu] = [process.memoryUsage().heapUsed, this.#used(), process.cpuUsage()];
    let [alive, looks, ownCpuMs] = [0, 0, 0];
    const hasTime = () => {
      looks += 1;
      if (looks % 20 !== 1) return true;
      const began = process.cpuUsage();
      collect();
      alive = Math.max(alive, process.memoryUsage().heapUsed - before);
      const { user, system } = process.cpuUsage(began);
      ownCpuMs += (user + system) / 1_000;
      return true;
    };
    const { report: taken } = await takeReport(digestId, { ledger: this.ledger, now }, { ...options, hasTime });
    const { user, system } = process.cpuUsage(cpu);
    if (taken.audience !== this.shards.length * this.batches * readersPerBatch || !taken.addsUp) throw new Error(String(taken.discrepancy));
    const { calls, units } = this.#used();
    return { calls: calls - used.calls, units: units - used.units, cpuMs: (user + system) / 1_000 - ownCpuMs, aliveMb: alive / 2 ** 20 };
  }

  #used() {
    const kinds = [...this.#metered.meter.values()];
    return { calls: kinds.reduce((sum, { calls }) => sum + calls, 0), units: kinds.reduce((sum, { units }) => sum + units, 0) };
  }

  /** Of the last segment of a shard as many as are left. */
  #batchesFor({ input }: QueryCommand) {
    const segment = Number((input.ExpressionAttributeValues?.[':prefix']?.S ?? '').slice('BATCH#'.length));
    const first = segment * batchesPerSegment;
    const items = JSON.parse(this.#page) as ReturnType<typeof pageOf>;
    const some = items.slice(0, 2 * Math.min(batchesPerSegment, this.batches - first));
    for (const [n, item] of some.entries()) {
      const batch = first + Math.floor(n / 2);
      const sk = `BATCH#${String(batch).padStart(6, '0')}`;
      Object.assign(item, { pk: input.ExpressionAttributeValues?.[':pk'], sk: { S: n % 2 === 0 ? sk : `${sk}#EVIDENCE` } });
      if (n % 2 > 0) continue;
      const packed = item as Record<string, unknown>;
      packed.readers = { B: Buffer.from((packed.packed as { S: string }).S, 'base64') };
      packed.from = { S: batch === 0 ? '' : readerId(batch * readersPerBatch) };
      packed.through = { S: readerId((batch + 1) * readersPerBatch) };
    }
    return { Items: some, Count: some.length };
  }
}

const isForBatches = (command: object): command is QueryCommand =>
  command instanceof QueryCommand && (command.input.ExpressionAttributeValues?.[':prefix']?.S ?? '').startsWith('BATCH#');

/** A hundred batches and their evidence, as DynamoDB answers: bytes as base64. */
const pageOf = (batches: number) =>
  Array.from({ length: batches }, (_, n) => {
    const readers = Array.from({ length: readersPerBatch }, (_, position) => readerId(position + 1));
    const all = new Set(readers.keys());
    const batch = {
      state: 'settled',
      outcomes: 's'.repeat(readersPerBatch),
      providers: 'qgneo'.repeat(readersPerBatch / 5),
      usage: `${at + n * 57_000}+3600/0/${rate}/9,19,3,5,2,50,1,4127.3,3353.1`,
      attempt: 1,
      claimId: 'AbCdEfGh',
      leaseUntil: at,
      stalled: 0,
      before: 0,
      plannedAt: at,
      wokenAt: at,
      packed: Buffer.from(packIds(readers)).toString('base64'),
    };
    return [marshall({ pk: '', sk: '', ...batch }), marshall({ pk: '', sk: '', sent1: all, delivered1: all })];
  }).flat();

async function benchReport(sizes: readonly number[]): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const readers of sizes) {
    const long = new LongLedger(readers);
    await long.plan();
    const fromNothing = await long.reading();
    const unchanged = await long.reading();
    // A minute at the highest rate, dealt round the shards; late events anywhere; and a fifth of all, as every five minutes.
    const touched = Math.min(long.segments, Math.ceil((rate * 60) / readersPerBatch));
    for (let n = 0; n < touched; n += 1) {
      const shard = long.shards[n % long.shards.length] ?? '';
      await long.ledger.segments.mark({ digest: digestId, shard, batch: Math.floor(n / long.shards.length / 2) * batchesPerSegment });
    }
    const sending = await long.reading({ alsoFold: ({ segment }) => segment % 5 === 0 });
    rows.push({ readers, shards: long.shards.length, segments: long.segments, fromNothing, unchanged, sending });
  }
  return rows;
}

if (import.meta.main) {
  const usage = 'npm run bench -- report 1000000 10000000   digests of so many readers, the shortest first; or --quick';
  const { numbers } = commandLine({ usage, flags: ['quick'], numbers: 10 });
  const sizes = numbers.length > 0 ? numbers : quick ? [100_000, 1_000_000] : [1_000_000, 10_000_000];
  // The compiler and the SDK's first objects belong to no size.
  await benchReport([20_000]);
  const rows = await benchReport(sizes);
  const [small, large] = [rows[0] as ReportRow, rows.at(-1) as ReportRow];
  const per1000 = ({ readers }: ReportRow, figure: number) => (figure / readers) * 1_000;
  const ratio = (kind: 'fromNothing' | 'unchanged', of: 'calls' | 'units') =>
    per1000(large, large[kind][of]) / per1000(small, small[kind][of]);
  const cells = (row: ReportRow, { calls, units, cpuMs, aliveMb }: Reading) => [calls, per1000(row, calls), units, cpuMs / 1_000, aliveMb];
  const columns = ['readers', 'segments', 'calls', 'calls per 1,000', 'units', 'seconds of CPU', 'alive MB'];
  const table = (title: string, kind: 'fromNothing' | 'unchanged' | 'sending') => ({
    title,
    columns,
    rows: rows.map((row) => [row.readers, row.segments, ...cells(row, row[kind])]),
  });
  report('report', {
    figures: rows,
    tables: [
      table('A digest summed from nothing', 'fromNothing'),
      table('Its report, when nothing has changed', 'unchanged'),
      table('A look of the watch in the middle of it, at 500/s', 'sending'),
    ],
    gates: [
      { what: 'calls per 1,000 readers from nothing, the longest list to the shortest', figure: ratio('fromNothing', 'calls'), most: 1.05 },
      { what: 'units per 1,000 readers from nothing', figure: ratio('fromNothing', 'units'), most: 1.05 },
      { what: 'units per 1,000 readers of a report that has not changed', figure: ratio('unchanged', 'units'), most: 1.05 },
      { what: 'seconds of CPU of one look', figure: large.sending.cpuMs / 1_000, most: 10 },
      { what: 'MB that one look holds', figure: Math.max(large.fromNothing.aliveMb, large.sending.aliveMb), most: 24 },
    ],
  });
}
