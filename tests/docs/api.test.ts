import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UploadedFile } from '../../functions/api/issues/upload-body.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import { startDesk } from '../api/desk.ts';
import { startTable } from '../support/dynamodb.ts';

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);

/** In the sequence of the page, since one example may need what an earlier one did. */
const examples = [...readFileSync('docs/api.md', 'utf8').matchAll(/```bash\n(.*?)```\s+```json\n(.*?)```/gs)].map(
  ([, command = '', answer = '']) => ({
    command,
    answer: JSON.parse(answer) as object,
  }),
);

let server: Server;
let stop: () => Promise<void>;
let environment: Record<string, string>;
beforeAll(async () => {
  const started = await startTable();
  stop = started.stop;
  const desk = startDesk(started.table, undefined, { readFile });
  server = createServer(async (asked, answer) => {
    const body = Buffer.concat(await Array.fromAsync(asked));
    const by = asked.headers.authorization?.replace('Bearer ', '') ?? null;
    const headers = Object.fromEntries(Object.entries(asked.headers).map(([name, value]) => [name, String(value)]));
    const {
      status,
      headers: told = {},
      body: said = '',
    } = await desk.request(asked.method ?? 'GET', asked.url ?? '/', { by, headers, body });
    answer.writeHead(status, told).end(said);
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  environment = {
    NEWSLETTER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    KEY: await desk.makeKey(['issues:write']),
    SENDING_KEY: await desk.makeKey(['send']),
  };
});
afterAll(async () => {
  server?.close();
  await stop();
});

/** As the Lambda reads files, but for pictures. */
const readFile = ({ bytes, name }: UploadedFile) =>
  readIssueFile(bytes, { timeZone: 'Asia/Shanghai', locale: 'en', now: new Date('2026-11-22T12:00:00Z'), fileName: name });

test('the page has examples', () => {
  expect(examples.length).toBeGreaterThan(6);
});

test.skipIf(!hasCurl).each(examples)('example %#: $command', async ({ command, answer }) => {
  const { stdout } = await run('bash', ['-c', command], { env: { ...process.env, ...environment } });

  expect(JSON.parse(stdout)).toMatchObject(answer);
});
