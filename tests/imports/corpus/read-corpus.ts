import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Table } from '../../../functions/platform/table.ts';
import { MemoryDatabase } from '../../simulation/dynamodb/memory-database.ts';
import { importing } from '../importing.ts';

/** As `README.md` says. */
type ListStatus = 'mail' | 'unconfirmed' | 'left' | 'bounced' | 'complained' | 'ask' | 'invalid';
export type ExpectedRow = { email: string; status: ListStatus; joined: string | null; or?: ListStatus[] };
export type ExpectedList = { id: string; file: string; rows: ExpectedRow[]; asks: boolean; or?: ListStatus[]; doubt?: string };
export type CorpusWord = {
  word: string;
  column: 'status' | 'unsubscribed' | 'opt_in' | 'reason' | 'header';
  means: ListStatus;
  or?: ListStatus[];
};

const here = (path: string) => new URL(path, import.meta.url);
const json = <Value>(path: string) => JSON.parse(readFileSync(here(path), 'utf8')) as Value;

export const expectedLists = json<ExpectedList[]>('expected.json');
export const corpusWords = json<CorpusWord[]>('vocabulary.json');

/** What the importer makes of an address: where it would be, and since when it would be a reader. */
export type Found = { status: ListStatus | 'mistyped'; joined?: string };
export type FoundList = { rows: Map<string, Found>; asks: boolean };

const statusOf = {
  subscribed: 'mail',
  unconfirmed: 'unconfirmed',
  unsubscribed: 'left',
  bounced: 'bounced',
  complained: 'complained',
} as const;
/** The least permissive last. */
const ranks: Found['status'][] = ['mail', 'unconfirmed', 'ask', 'mistyped', 'invalid', 'left', 'bounced', 'complained'];

type Sample = { address: string; status?: keyof typeof statusOf; reason?: string; at?: string };

/** Looks at a list of the corpus as the importer does for an editor: through its dry run, which writes nothing. */
export async function lookedAt({ file }: ExpectedList): Promise<FoundList> {
  const { looked, dryRunOf } = importing(new Table(new MemoryDatabase().client(), 'Table'));
  const { id, questions } = await looked(readFileSync(here(file)), { filename: basename(file) });
  const samples = Object.entries((dryRunOf(id)?.samples ?? {}) as Record<string, Sample[]>);
  const rows = new Map<string, Found>();
  for (const [outcome, shown] of samples)
    for (const sample of shown) {
      const found = foundIn(outcome, sample);
      const address = sample.address.toLowerCase();
      const before = rows.get(address);
      if (outcome !== 'duplicate' && (!before || ranks.indexOf(found.status) > ranks.indexOf(before.status))) rows.set(address, found);
    }
  return { rows, asks: questions.length > 0 };
}

function foundIn(outcome: string, { status, reason, at }: Sample): Found {
  if (outcome === 'asked') return { status: 'ask' };
  // A person who never subscribed is no reader, and nothing is kept of them.
  if (outcome === 'refused') return { status: reason === 'never_subscribed' ? 'left' : reason === 'mistyped' ? 'mistyped' : 'invalid' };
  return { status: status ? statusOf[status] : 'invalid', ...(at && { joined: at.slice(0, 10) }) };
}
