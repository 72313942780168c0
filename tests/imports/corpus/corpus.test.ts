import { expect, test } from 'vitest';
import { readColumnName } from '../../../functions/imports/reading/columns/column-names.ts';
import { readState, type StateColumn } from '../../../functions/imports/reading/columns/state-column.ts';
import { type CorpusWord, corpusWords, type ExpectedRow, expectedLists, type Found, lookedAt } from './read-corpus.ts';

/** Where experts differ (`doubt` of the list): what is done here instead, and why. */
const exceptions: Record<string, { address: string; status: Found['status']; why: string }[]> = {
  '048-mautic-report': [
    {
      address: 'cato.x@example.com',
      status: 'left',
      why: 'the file is called a report of those who must not be contacted; a reader that its name takes off by mistake is seen in the preview',
    },
  ],
};

const allowed = (id: string, { email, status, or = [] }: ExpectedRow): string[] => {
  const here = exceptions[id]?.filter(({ address }) => address === email.toLowerCase()) ?? [];
  return [status, ...or, ...here.map((each) => each.status)];
};

test('exceptions are made only where experts differ, and say why', () => {
  for (const [id, rows] of Object.entries(exceptions)) {
    expect(expectedLists.find((list) => list.id === id)?.doubt, id).toBeTruthy();
    for (const { status, why } of rows) {
      expect(why.length).toBeGreaterThan(20);
      expect(status).not.toBe('mail');
    }
  }
});

test.each(expectedLists.map((list) => [list.id, list] as const))(
  '%s: a reader who is gone stays gone, nobody is lost, and what is open is asked',
  async (id, list) => {
    const { rows, asks } = await lookedAt(list);

    const told = list.rows.map((row) => ({ row, found: rows.get(row.email.toLowerCase()) ?? { status: 'invalid' as const } }));
    const brought = told.filter(({ row, found }) => found.status === 'mail' && !allowed(id, row).includes('mail'));
    const lost = told.filter(({ row, found }) => row.status === 'mail' && !allowed(id, row).includes(found.status));
    const wrong = told.filter(({ row, found }) => !allowed(id, row).includes(found.status));
    const shown = (some: typeof told) => some.map(({ row, found }) => `${row.email} ${found.status}, is ${row.status}`);
    expect(shown(brought), 'become readers').toEqual([]);
    expect(shown(lost), 'are lost').toEqual([]);
    expect(shown(wrong)).toEqual([]);
    if (list.asks) expect(asks, 'asks').toBe(true);
    const dated = told.filter(({ found }) => found.status === 'mail' || found.status === 'unconfirmed');
    expect(dated.map(({ row, found }) => [row.email, found.joined ?? null])).toEqual(dated.map(({ row }) => [row.email, row.joined]));
  },
);

const columns: Record<Exclude<CorpusWord['column'], 'header'>, StateColumn> = {
  status: { column: 0, reads: 'words', words: {} },
  unsubscribed: { column: 0, reads: 'filled', yes: 'unsubscribed', no: 'subscribed', words: {} },
  opt_in: { column: 0, reads: 'words', yes: 'subscribed', no: 'unsubscribed', words: {} },
  reason: { column: 0, reads: 'filled', yes: 'unsubscribed', words: {} },
};

const meanings = {
  subscribed: 'mail',
  nonsubscribed: 'left',
  unsubscribed: 'left',
  unconfirmed: 'unconfirmed',
  bounced: 'bounced',
  complained: 'complained',
} as const;

function meaningOf({ word, column }: CorpusWord) {
  if (column === 'header') {
    const named = readColumnName(word);
    return named.role === 'state' && named.by === 'leaving' && named.says.yes ? meanings[named.says.yes] : 'ask';
  }
  const { status } = readState(word.trim(), columns[column]);
  return status ? meanings[status] : 'ask';
}

test('words of the field mean what they mean to the people who write them; none that is no yes makes a reader', () => {
  const wrong = corpusWords.filter((each) => ![each.means, ...(each.or ?? [])].includes(meaningOf(each)));

  const shown = (some: CorpusWord[]) => some.map((each) => `${each.column} ${each.word}: ${meaningOf(each)}, is ${each.means}`);
  expect(shown(wrong.filter((each) => meaningOf(each) === 'mail'))).toEqual([]);
  expect(shown(wrong)).toEqual([]);
});
