import { parseDocument } from 'htmlparser2';
import { expect, test } from 'vitest';
import { checkIssue } from '../../functions/api/issues/check-issue.ts';
import { fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { Refusal } from '../../functions/platform/refusal.ts';
import { issueArticle } from '../../functions/public/archive/issue-article.ts';
import { sampleSettings } from '../emails/sample-settings.ts';
import { enormousFiles, hostileFiles } from './hostile-files.ts';
import { secondsOfOrdinaryMegabyte } from './ordinary-megabyte.ts';
import { read } from './reading-an-issue.ts';

const settings = sampleSettings();
const publicOrigin = 'https://news.example.org';
const links = { unsubscribeUrl: `${publicOrigin}/unsubscribe?t=OWN`, preferencesUrl: `${publicOrigin}/preferences?t=OWN` };
const digest = (issue: IssueContent) => ({ settings, publicOrigin, digestId: 'd', scheduledFor: '2026-11-20T01:00:00Z', issues: [issue] });

/** What a file became: an issue, or a refusal that says why. Anything else is a crash. */
function answerTo(text: string): IssueContent | Refusal {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

type Parsed = { name?: string; attribs?: Record<string, string>; children?: Parsed[] };
const runs = new Set('script iframe frame object embed applet form svg math base template noscript input button video audio'.split(' '));
const leads = new Set(['href', 'src', 'srcset', 'action', 'formaction', 'data', 'background', 'poster', 'xlink:href', 'cite', 'ping']);

/** Everything in a page that could run, load from elsewhere than a picture, or lead where a mail may not. */
function executable(html: string): string[] {
  const found: string[] = [];
  const look = ({ name = '', attribs = {}, children = [] }: Parsed) => {
    if (runs.has(name)) found.push(`<${name}>`);
    if (name === 'meta' && /refresh/i.test(attribs['http-equiv'] ?? '')) found.push('<meta refresh>');
    for (const [attribute, value] of Object.entries(attribs)) {
      if (/^on/i.test(attribute) || attribute === 'srcdoc') found.push(attribute);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers leave them out before they follow an address
      if (leads.has(attribute) && !/^(?:https?:\/\/|mailto:|#|\/archive\b)/i.test(value.replace(/[\u0000-\u0020]/g, '')))
        found.push(`${attribute}=${value}`);
      if (attribute === 'style' && /expression|url\s*\(|behavior|binding|import|\\/i.test(value)) found.push(`style=${value}`);
    }
    for (const child of children) look(child);
  };
  look(parseDocument(html) as unknown as Parsed);
  return found;
}

const files = hostileFiles(500);
const secondsOf = (usage: NodeJS.CpuUsage) => (usage.user + usage.system) / 1_000_000;

test('500 hostile files: each gets a clear answer in three times what an ordinary megabyte takes to read, and nothing that runs comes out on a page', () => {
  let accepted = 0;
  for (const { name, text } of files) {
    const before = process.cpuUsage();
    const answer = answerTo(text);
    const seconds = secondsOf(process.cpuUsage(before));
    if (seconds > 1) expect(seconds, name).toBeLessThan(3 * secondsOfOrdinaryMegabyte());
    if (answer instanceof Refusal) {
      expect(answer.message.length, name).toBeGreaterThan(10);
      continue;
    }
    accepted += 1;
    expect(executable(issueArticle(answer, 1, '').toString()), name).toEqual([]);
    expect(answer.slug, name).toMatch(/^[a-z0-9-]+$/);
    expect(JSON.stringify(answer).isWellFormed(), name).toBe(true);
  }

  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  // Most are read: an answer that refuses everything would be safe as well.
  expect(accepted).toBeGreaterThan(250);
});

test('nothing that runs comes out in a mail, and no author’s placeholder is filled with a reader’s link', async () => {
  const clean = fillDigest(await renderDigest(digest(read('Title: 文\n\n文'))), 'zh-CN', links);
  const ownLinks = clean.html.split('t=OWN').length;

  for (const { name, text } of files) {
    const answer = answerTo(text);
    if (answer instanceof Refusal) continue;
    const rendered = await renderDigest(digest(answer));
    const { html, text: plain } = fillDigest(rendered, 'zh-CN', links);

    expect(executable(html), name).toEqual([]);
    expect(html.match(/<style/g)?.length, name).toBe(clean.html.match(/<style/g)?.length);
    expect(html.split('t=OWN').length, name).toBe(ownLinks);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they mark the placeholders of readers
    expect(html + plain + rendered.subject, name).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(rendered.subject, name).not.toMatch(/[\r\n]/);
  }
});

test.each(enormousFiles)(
  '$name: read, checked and made a mail of, each in three times what an ordinary megabyte takes to read',
  async ({ text }) => {
    await renderDigest(digest(read('Title: 文\n\n文')));
    const times: number[] = [];
    const timed = async <Value>(work: () => Value | Promise<Value>) => {
      const before = process.cpuUsage();
      const value = await work();
      times.push(secondsOf(process.cpuUsage(before)));
      return value;
    };

    const answer = await timed(() => answerTo(text));
    if (!(answer instanceof Refusal)) {
      const { errors, bytes } = await timed(() => checkIssue(answer, { settings, publicOrigin, now: new Date('2026-11-22') }));
      const rendered = await timed(() => renderDigest(digest(answer)));
      expect(executable(fillDigest(rendered, 'zh-CN', links).html)).toEqual([]);
      // It fits, or the editor is told that it does not.
      expect(bytes.html <= bytes.budget || errors.some(({ code }) => code === 'cannot_fit')).toBe(true);
    }

    const longest = Math.max(...times);
    if (longest > 1) expect(longest).toBeLessThan(3 * secondsOfOrdinaryMegabyte());
  },
);
