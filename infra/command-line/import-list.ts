import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ImportAnswer } from '../../functions/editors/lists/import-answer.ts';
import { declarationVersion, declarationWords } from '../../functions/imports/declaration.ts';
import { outcomeWords } from '../../functions/imports/import-report.ts';
import type { Counts } from '../../functions/imports/reader-import.ts';
import type { ListReading } from '../../functions/imports/reading/list-reading.ts';

const usage = `npm run import -- FILE [--url http://localhost:3000] [--start --origin "where these people signed up" --i-confirm]

Looks at a list of readers and says what would become of its rows; nothing is written. With --start it is taken in.
The access token of an editor is read from EDITOR_TOKEN.

  --encoding NAME     utf-8, utf-16le, utf-16be, gb18030, big5, shift_jis, windows-1252
  --delimiter CHAR    , ; | or tab
  --column ROLE=N     what a column is, counted from 1, as often as needed: address, state, date, leftDate, language, topics;
                      ROLE=none for one that was taken for it and is not
  --standing WORD     who somebody is of whom the file says nothing: subscribed, unconfirmed, unsubscribed, bounced, complained
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    start: { type: 'boolean', default: false },
    origin: { type: 'string', default: '' },
    'i-confirm': { type: 'boolean', default: false },
    encoding: { type: 'string' },
    delimiter: { type: 'string' },
    column: { type: 'string', multiple: true, default: [] },
    standing: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);
const [file] = positionals;

/** An answer that is not the wished one, in the server's words. */
class Refused extends Error {}

async function asked<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(new URL(path, values.url), {
    method,
    headers: { authorization: `Bearer ${process.env.EDITOR_TOKEN}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as Answer;
  throw new Refused(`${response.status}: ${text.startsWith('{') ? (JSON.parse(text) as { detail?: string }).detail : text.slice(0, 200)}`);
}

async function uploaded(path: string): Promise<string> {
  const bytes = await readFile(path);
  type Form = { uploadId: string; url: string; fields: Record<string, string> };
  const wanted = { filename: basename(path), size: bytes.length, for: 'import' };
  const { uploadId, url, fields } = await asked<Form>('POST', '/editors/uploads', wanted);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([bytes]));
  const { ok, status } = await fetch(url, { method: 'POST', body: form });
  if (!ok) throw new Refused(`The storage answered ${status}.`);
  return uploadId;
}

async function once(id: string, is: (answer: ImportAnswer) => boolean): Promise<ImportAnswer> {
  for (let told = -1; ; await wait(1_000)) {
    const answer = await asked<ImportAnswer>('GET', `/editors/imports/${id}`);
    const { progress } = answer;
    if (progress && progress.rows !== told) say(`${progress.rows} of ${progress.of} rows${secondsLeft(progress.secondsLeft)}`);
    told = progress?.rows ?? told;
    if (is(answer)) return answer;
  }
}

const secondsLeft = (seconds: number | null) => (seconds ? `, about ${seconds} s left` : '');

function sayCounts({ rows, outcomes, refused }: Counts) {
  say(`${rows} rows`);
  for (const [outcome, count] of Object.entries(outcomes))
    say(
      `  ${String(count).padStart(9)}  ${outcome}${outcomeWords[outcome as keyof typeof outcomes] ? `: ${outcomeWords[outcome as keyof typeof outcomes]}` : ''}`,
    );
  for (const [reason, count] of Object.entries(refused)) say(`  ${String(count).padStart(9)}    refused: ${reason}`);
}

/** What was recognised, with what was said better: a column that nobody spoke of stays what it is. */
function columnsSaid(recognised: ListReading['columns'] | undefined) {
  const said = values.column.map((each) => each.split('='));
  const places = said.map(([role = '', place]) => [role, place === 'none' ? undefined : Number(place) - 1]);
  return { ...recognised, ...Object.fromEntries(places) };
}

function sayReading({ format, encoding, names, columns }: ListReading) {
  say(`${format}, ${encoding}`);
  for (const [role, place] of Object.entries(columns)) say(`  ${role.padEnd(9)} “${names[place ?? 0]}”`);
  const used = new Set<number | undefined>(Object.values(columns));
  const left = names.filter((_, n) => !used.has(n));
  if (format !== 'periodical' && left.length > 0) say(`  left out  ${left.join(', ')}`);
}

async function lookedAt(path: string): Promise<ImportAnswer> {
  const { encoding, standing } = values;
  const delimiter = values.delimiter === 'tab' ? '\t' : values.delimiter;
  const corrections = { ...(encoding && { encoding }), ...(delimiter && { delimiter }), ...(standing && { standing }) };
  const file = { uploadId: await uploaded(path), filename: basename(path) };
  const look = async (said: object) => {
    const { id } = await asked<ImportAnswer>('POST', '/editors/imports', { ...file, corrections: said });
    return once(id, ({ state }) => state !== 'checking');
  };
  const looked = await look(corrections);
  return values.column.length > 0 ? look({ ...corrections, columns: columnsSaid(looked.reading?.columns) }) : looked;
}

async function importList(path: string) {
  const opened = await lookedAt(path);
  if (!opened.reading || !opened.checked) throw new Refused(opened.failure ?? 'The file cannot be read.');
  sayReading(opened.reading);
  sayCounts(opened.checked);
  const unknown = Object.keys(opened.dryRun?.topics.unknown ?? {});
  if (unknown.length > 0) say(`\nNone of this newsletter’s topics, and left out: ${unknown.join(', ')}`);
  if (!values.start) return say('\nNothing was written. With --start --origin "…" --i-confirm it is taken in.');
  if (!values['i-confirm'] || values.origin === '')
    throw new Refused(`Say where these people signed up (--origin) and confirm (--i-confirm):\n${declarationWords.en}`);
  await asked('POST', `/editors/imports/${opened.id}/start`, { wording: declarationVersion, locale: 'en', origin: values.origin });
  const done = await once(opened.id, ({ state }) => state === 'finished');
  if (done.counts) sayCounts(done.counts);
  say(`\nThe report, for five minutes: ${done.reportUrl}`);
}

if (values.help || !file) say(usage);
else if (!process.env.EDITOR_TOKEN) {
  process.stderr.write('EDITOR_TOKEN is not set; a local run gives one at /_local/editor-token.\n');
  process.exitCode = 1;
} else {
  try {
    await importList(file);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
