import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { type LocalRun, startLocalRun } from '../../infra/local/local-run.ts';
import { endRun } from './end-run.ts';

const root = resolve(import.meta.dirname, '../..');
const action = join(root, '.github/actions/issues');
const folder = mkdtempSync(join(tmpdir(), 'periodical-git-'));
let run: LocalRun;
let visitor: NewsletterVisitor;
let keys: { drafts: string; sends: string };
beforeAll(async () => {
  run = await startLocalRun({ sesRate: 100, show: () => undefined });
  visitor = new NewsletterVisitor(run.origin);
  const { token } = (await (await fetch(`${run.origin}/_local/editor-token?role=owner`)).json()) as { token: string };
  const create = async (...scopes: string[]) => {
    const made = await periodical(['keys', 'create', 'git', '--json', ...scopes.flatMap((scope) => ['--scope', scope])], token);
    return (made.json() as { key: string }).key;
  };
  keys = { drafts: await create('issues:write'), sends: await create('issues:write', 'send', 'reports:read') };
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await endRun(run);
});

/** `json`: what a program gets with `--json`; `out`: all that is said. */
type Ended = { exit: number; out: string; json: () => unknown };

/** Beside this process, which is the newsletter, so it must not be waited for in one go. */
const ended = (program: string, typed: string[], environment: Record<string, string>): Promise<Ended> =>
  new Promise((done) => {
    const { INIT_CWD: _, ...own } = process.env;
    const env = { ...own, PERIODICAL_URL: run.origin, LC_ALL: 'en', ...environment };
    execFile(program, typed, { cwd: folder, env }, (error, out, err) =>
      done({ exit: Number(error?.code ?? 0), out: `${out}${err}`, json: () => JSON.parse(out) }),
    );
  });

const periodical = (typed: string[], key: string) =>
  ended(process.execPath, [join(root, 'infra/cli/periodical.ts'), ...typed], { PERIODICAL_KEY: key });

/** The step of the action, with what it hands over. */
const step = (mode: 'push' | 'preview', { key, base, ...more }: { key: string; base: string; COMMENT?: string }) =>
  ended('bash', [join(action, 'issues.sh'), mode], { PERIODICAL_KEY: key, BASE: base, ISSUES_GLOB: 'issues/**', ...more });

const git = (...typed: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...typed], { cwd: folder, encoding: 'utf8' }).trim();

function commit(files: Record<string, string | Uint8Array | null>, message: string): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (content === null) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), content);
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}

const issue = (status: string, text: string) =>
  `---\ntitle: Harbour news\ndate: 2026-11-20\nslug: harbour-news\nstatus: ${status}\n---\n\n${text}\n`;

test('a week of a newsletter that lives in git: draft, pull request, queue, digest, report', { timeout: 120_000 }, async () => {
  for (const address of ['ada@example.com', 'lin@example.com', 'zoe@example.com']) await visitor.becomeReader(address);
  git('init', '--quiet', '--initial-branch', 'main');
  const empty = commit({ 'README.md': 'Our issues.' }, 'begin');

  // A push: the file becomes a draft.
  const first = commit({ 'issues/harbour.md': issue('draft', 'The bridge is closed.') }, 'a draft');
  const drafted = await step('push', { key: keys.sends, base: empty });
  const again = await step('push', { key: keys.sends, base: empty });

  expect([drafted.exit, again.exit]).toEqual([0, 0]);
  expect(drafted.out).toContain('issues/harbour.md: is the new issue harbour-news (draft)');
  expect(again.out).toContain('Nothing has changed');

  // A pull request, with the key that writes drafts alone: its comment has the new page, and the draft stays what it is.
  git('switch', '--quiet', '--create', 'proposal');
  commit(
    { 'issues/harbour.md': issue('queued', 'The bridge opens on Monday.\n\nLeave: *|UNSUB|*. See [the plan](http://10.1.1.1/plan).') },
    'queue it',
  );
  const shown = await step('preview', { key: keys.drafts, base: first, COMMENT: 'comment.md' });
  const comment = readFileSync(join(folder, 'comment.md'), 'utf8');
  const link = /\[Preview\]\((\S+)\)/.exec(comment)?.[1] ?? '';
  const page = await (await fetch(link)).text();

  expect(shown.exit).toBe(1);
  expect(comment).toContain('Replaces the text of an issue that is draft; it asks to be queued for the next digest.');
  expect(comment).toMatch(/^- ❌ `issues\/harbour\.md(:10)?`: A placeholder/m);
  expect(comment).toMatch(/`issues\/harbour\.md:10`: A link leads to a private network/);
  expect(page).toContain('The bridge opens on Monday.');
  expect((await periodical(['issues', 'preview', 'harbour-news'], keys.drafts)).out).toContain('The bridge is closed.');

  // Mended and merged: the push queues it.
  rmSync(join(folder, 'comment.md'));
  commit({ 'issues/harbour.md': issue('queued', 'The bridge opens on Monday.') }, 'without the link');
  expect((await step('preview', { key: keys.drafts, base: first, COMMENT: 'comment.md' })).exit).toBe(0);
  expect(readFileSync(join(folder, 'comment.md'), 'utf8')).toContain('The preflight found nothing.');
  rmSync(join(folder, 'comment.md'));
  git('switch', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '--message', 'merge', 'proposal');
  const merged = git('rev-parse', 'HEAD');
  const queued = await step('push', { key: keys.sends, base: first });

  expect(queued.out).toContain('replaced the text of harbour-news (queued)');
  expect((await periodical(['slots'], keys.sends)).out).toContain(': harbour-news');

  // The slot comes.
  await visitor.fire('weekly-digest', '2026-11-27T01:00:00Z');
  const report = await periodical(['report', 'harbour-news', '--watch'], keys.sends);
  await visitor.idle();
  const settled = (await periodical(['report', 'harbour-news', '--json'], keys.sends)).json();

  expect(report.out).toContain('100 %  2026-11-27T0100Z done, 3 of 3 readers');
  expect(settled).toMatchObject({ state: 'done', issues: ['harbour-news'], report: { audience: 3, submitted: 3, delivered: 3 } });
  const mails = await visitor.outbox({ digest: '2026-11-27T0100Z' });
  expect(mails.map(({ to }) => to[0]).toSorted()).toEqual(['ada@example.com', 'lin@example.com', 'zoe@example.com']);

  // Later: a correction changes the page, a deletion nothing, and nobody is mailed again.
  const corrected = commit({ 'issues/harbour.md': issue('queued', 'The bridge opens on Tuesday.') }, 'correct it');
  expect((await step('push', { key: keys.sends, base: merged })).exit).toBe(0);
  commit({ 'issues/harbour.md': null }, 'delete it');
  const deleted = await step('push', { key: keys.sends, base: corrected });
  await visitor.idle();

  expect(deleted.out).toContain('No issue has changed.');
  expect(await (await fetch(`${run.origin}/archive/harbour-news`)).text()).toContain('The bridge opens on Tuesday.');
  expect(await visitor.outbox({ digest: '2026-11-27T0100Z' })).toHaveLength(3);
});

test('a picture that changed brings the file that names it; without a key, or with a base that is not there, nothing is done', async () => {
  const before = commit(
    {
      'issues/pictured/index.md': '---\ntitle: Pictured\nslug: pictured\n---\n\nLook. ![a view](view.png)\n',
      'issues/pictured/view.png': Buffer.from(onePixel, 'base64'),
    },
    'pictured',
  );
  await step('push', { key: keys.sends, base: `${before}^` });
  commit({ 'issues/pictured/view.png': Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.from(' ')]) }, 'another view');

  const pushed = await step('push', { key: keys.sends, base: before });
  const keyless = await step('push', { key: '', base: before });
  const shallow = await step('push', { key: keys.sends, base: 'a'.repeat(40) });

  expect(pushed.out).toContain('issues/pictured/index.md: replaced the text of pictured (draft)');
  expect(keyless).toMatchObject({ exit: 0, out: expect.stringContaining('nothing is done') });
  expect(shallow).toMatchObject({ exit: 1, out: expect.stringContaining('fetch-depth: 0') });
});

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('the action pins what it uses, runs these scripts, and hands over what they need', () => {
  type Step = { uses?: string; run?: string; env?: Record<string, string> };
  const { runs } = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as { runs: { steps: Step[] } };

  const uses = runs.steps.flatMap((each) => each.uses ?? []);
  const scripts = runs.steps.filter((each) => each.run?.includes('issues.sh'));
  expect(uses.every((each) => /@[0-9a-f]{40}$/.test(each))).toBe(true);
  expect(scripts.map((each) => each.run)).toEqual(['push', 'preview'].map((mode) => `bash "$GITHUB_ACTION_PATH/issues.sh" ${mode}`));
  for (const { env = {} } of scripts)
    expect(Object.keys(env)).toEqual(expect.arrayContaining(['PERIODICAL_URL', 'PERIODICAL_KEY', 'ISSUES_GLOB', 'BASE']));
  // What comes from outside is handed over in the environment: in a script it would be run.
  expect(runs.steps.flatMap((each) => each.run ?? []).join('\n')).not.toMatch(/\$\{\{/);
});
