import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectionOf } from '../../../infra/cli/newsletter/connection.ts';
import { startTable } from '../../support/dynamodb.ts';
import { FakeAccount } from '../fake-account.ts';
import { periodical } from '../run-periodical.ts';
import { newsletterDesk } from './newsletter-desk.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let desk: Awaited<ReturnType<typeof newsletterDesk>>;
beforeEach(async () => {
  database = await startTable();
  desk = await newsletterDesk(database.table, ['issues:write', 'send', 'reports:read', 'readers:read']);
});
afterEach(async () => {
  rmSync(desk.folder, { recursive: true });
  await database.stop();
});

const issue = (slug: string, text = 'Words.') => `---\ntitle: About ${slug}\nslug: ${slug}\ndate: 2026-11-20\n---\n\n${text}\n`;

test('issues are listed, pulled into a file that can be pushed, and never over one that is there', async () => {
  await desk.upload(issue('one'));

  const listed = await desk.run(['issues', 'list']);
  const pulled = await desk.run(['issues', 'pull', 'one']);
  const again = await desk.run(['issues', 'pull', 'one']);

  expect(listed.said).toBe('2026-11-20  draft  one  About one');
  expect([pulled.exit, again.exit]).toEqual([0, 1]);
  expect(again.err).toContain('is there already');
  expect(JSON.parse(readFileSync(join(desk.folder, 'one.json'), 'utf8'))).toMatchObject({ slug: 'one', title: 'About one' });
});

test('an issue is sent only when somebody agrees, and can be taken back', async () => {
  await desk.upload(issue('one'));
  await desk.upload(issue('two'));
  await desk.request('POST', '/api/v1/issues/two/queue');

  const alone = await desk.run(['issues', 'send', 'one']);
  const sent = await desk.run(['issues', 'send', 'one', '--yes', '--json']);
  const undone = await desk.run(['issues', 'undo', 'two']);
  const draft = await desk.run(['issues', 'undo', 'two']);

  expect(alone).toMatchObject({ exit: 1, err: expect.stringContaining('--yes') });
  expect(sent.json()).toMatchObject({ slug: 'one', digest: 'issue-one' });
  expect([undone.said, draft.exit]).toEqual(['It is back: draft.', 0]);
  expect((await desk.issues.get('two'))?.state).toBe('draft');
});

test('a test mail goes to a test reader, and the mail of an issue is shown', async () => {
  await desk.upload(issue('one'));

  const tested = await desk.run(['issues', 'test', 'one', '--to', 'desk@example.org']);
  const stranger = await desk.run(['issues', 'test', 'one', '--to', 'eve@example.org']);
  const shown = await desk.run(['issues', 'preview', 'one']);

  expect([tested.said, stranger.exit]).toEqual(['Test mails went to desk@example.org.', 1]);
  expect(shown.said).toContain('About one');
});

test('a preview of files shows their pages, and what the comment of a pull request says has no markup of theirs', async () => {
  desk.write('one.md', issue('one').replace('About one', '"[x](http://a.example) @all <img src=x>"'));

  const shown = await desk.run(['issues', 'preview', 'one.md', '--comment', 'comment.md', '--open']);

  const comment = readFileSync(join(desk.folder, 'comment.md'), 'utf8');
  expect(shown.exit).toBe(0);
  expect(shown.said).toContain('opened https://news.example.org/archive/one?preview=');
  expect(comment).toMatch(/^<!-- periodical: previews of issues -->\n/);
  expect(comment).toContain('**[Preview](https://news.example.org/archive/one?preview=');
  expect(comment).toContain('A new issue.');
  for (const mark of ['[x]', '@all', '<img']) expect(comment).not.toContain(mark);
  expect(await desk.issues.get('one')).toBeUndefined();
});

test('slots say when the next digest goes out and with what, in both languages', async () => {
  await desk.upload(issue('one'));
  await desk.request('POST', '/api/v1/issues/one/queue');

  const english = await desk.run(['slots']);
  const chinese = await desk.run(['slots'], { locale: 'zh-CN' });

  expect(english.said).toMatch(/^2026-11-27 09:00 \(Asia\/Shanghai\): one\n2026-12-04 09:00 {2}2026-12-04T0100Z\n/);
  expect(chinese.said).toContain('（Asia/Shanghai）：one');
});

test('without a digest there is no report, and a wrong name is refused in the newsletter’s words', async () => {
  const none = await desk.run(['report']);
  const wrong = await desk.run(['report', '2026-01-01T0000Z', '--json']);

  expect(none).toMatchObject({ exit: 1, err: expect.stringContaining('There has been no digest yet') });
  expect(wrong.json()).toMatchObject({ error: { code: 'newsletter_refused', values: { status: 404, code: 'digest_not_found' } } });
});

test('keys are made, listed and revoked by an owner who signed in, and by no key', async () => {
  const owner = { environment: { PERIODICAL_KEY: 'ada' } };

  const made = (await desk.run(['keys', 'create', 'nightly', '--scope', 'reports:read', '--json'], owner)).json() as { id: string };
  const listed = await desk.run(['keys', 'list'], owner);
  const revoked = await desk.run(['keys', 'revoke', made.id], owner);
  const byKey = await desk.run(['keys', 'list']);

  expect(made).toMatchObject({ name: 'nightly', scopes: ['reports:read'], key: expect.stringMatching(/^per_/) });
  expect(listed.said).toContain(`${made.id}  active  nightly: reports:read`);
  expect(revoked.said).toContain('revoked');
  expect(byKey).toMatchObject({ exit: 1, err: expect.stringContaining('people_only') });
});

test('connect keeps address and key for their owner alone, once the newsletter takes the key', async () => {
  const environment = { XDG_CONFIG_HOME: join(desk.folder, 'config') };
  const file = join(desk.folder, 'config/periodical/default.json');

  const wrong = await desk.run(['connect', 'https://news.example.org'], {
    environment: { ...environment, PERIODICAL_KEY: 'stranger' },
  });
  const plain = await desk.run(['connect', 'http://news.example.org'], { environment });
  expect(existsSync(file)).toBe(false);
  const right = await desk.run(['connect', 'news.example.org/editors/'], { environment });

  expect([wrong.exit, plain.exit, right.exit]).toEqual([1, 1, 0]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(connectionOf({ environment })).toEqual({ url: 'https://news.example.org', key: desk.key });
  expect(() => connectionOf({ environment: { ...environment, PERIODICAL_URL: 'https://elsewhere.example' } })).toThrow('not_connected');
});

test('without an address or a key nothing is asked, and what would do is said', async () => {
  const { exit, err } = await periodical({ typed: ['issues', 'list'], account: new FakeAccount(), environment: { HOME: desk.folder } });

  expect(exit).toBe(1);
  expect(err).toContain('periodical connect ADDRESS');
});

test('an answer that gets lost is asked for again, and the upload is done once', async () => {
  desk.write('one.md', issue('one'));
  let lost = 0;
  const { exit } = await desk.run(['issues', 'push', 'one.md'], {
    between: (request) => {
      if (request.method !== 'POST' || lost > 0) return 'answer';
      lost += 1;
      return 'lose';
    },
  });

  expect([exit, lost, (await desk.issues.list({ limit: 5 })).issues.length]).toEqual([0, 1, 1]);
});

test('a reader is looked for by the exact address', async () => {
  const { exit, err } = await desk.run(['readers', 'find', 'nobody@example.org']);

  expect([exit, err.split('\n')[0]]).toEqual([1, 'The newsletter said no (404 reader_not_found): No reader is known by this address.']);
});

test.each(['bash', 'zsh', 'fish'])('the completion for %s knows commands, what is below them, and options', async (shell) => {
  const { said } = await desk.run(['completion', shell]);

  for (const word of ['issues', 'push', 'dry-run', 'readers']) expect(said).toContain(word);
  if (shell !== 'bash') return;
  const script = `${said}\nCOMP_WORDS=(periodical issues pu); COMP_CWORD=2; _periodical; echo "\${COMPREPLY[@]}"`;
  expect(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim()).toBe('push pull');
});
