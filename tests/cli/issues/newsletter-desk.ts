import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Scope } from '../../../functions/access/scope.ts';
import type { UploadedFile } from '../../../functions/api/issues/upload-body.ts';
import { readIssueFile } from '../../../functions/issues/read-issue-file.ts';
import type { Table } from '../../../functions/platform/table.ts';
import type { CliLocale } from '../../../infra/cli/words/catalogues.ts';
import { startDesk } from '../../api/desk.ts';
import { FakeAccount } from '../fake-account.ts';
import { periodical } from '../run-periodical.ts';

const now = new Date('2026-11-22T12:00:00Z');

/** As the Lambda reads files, but for what becomes of pictures. */
const readFile = ({ bytes, name }: UploadedFile) => readIssueFile(bytes, { timeZone: 'Asia/Shanghai', locale: 'en', now, fileName: name });

type Ran = {
  locale?: CliLocale;
  environment?: Record<string, string>;
  /** What becomes of an answer on its way back. */
  between?: (request: { method: string }) => 'answer' | 'lose';
};

/** The API of a newsletter, and a folder of files from which the command line works on it. */
export async function newsletterDesk(table: Table, scopes: readonly Scope[] = ['issues:write', 'send', 'reports:read']) {
  const desk = startDesk(table, now, { readFile });
  const key = await desk.makeKey(scopes, 'git');
  const folder = mkdtempSync(join(tmpdir(), 'periodical-issues-'));
  const asked: string[] = [];
  const fetched: typeof fetch = async (address, init = {}) => {
    const request = new Request(address as URL, init);
    const { pathname, search } = new URL(request.url);
    asked.push(`${request.method} ${pathname}`);
    const headers = Object.fromEntries(request.headers);
    const by = headers.authorization?.replace('Bearer ', '') ?? null;
    const answer = await desk.request(request.method, `${pathname}${search}`, {
      by,
      headers,
      body: Buffer.from(await request.arrayBuffer()),
    });
    return new Response(answer.body as BodyInit, { status: answer.status, ...(answer.headers && { headers: answer.headers }) });
  };
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const run = async (typed: string[], { locale = 'en', environment = {}, between }: Ran = {}) => {
    asked.length = 0;
    const reached = { PERIODICAL_URL: 'https://news.example.org', PERIODICAL_KEY: key, ...environment };
    const fetch: typeof fetched = async (address, init) => {
      const answer = await fetched(address, init);
      if (between?.({ method: init?.method ?? 'GET' }) === 'lose') throw new TypeError('fetch failed');
      return answer;
    };
    return periodical({ typed, account: new FakeAccount(), folder, fetch, environment: reached, locale });
  };
  /** What was asked that changes something. */
  const changes = () => asked.filter((each) => !each.startsWith('GET'));
  return { ...desk, folder, write, run, changes, key };
}
