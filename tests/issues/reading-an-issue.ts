import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Block, IssueContent } from '../../functions/issues/issue.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';
import { Refusal } from '../../functions/platform/refusal.ts';

const reading = { timeZone: 'Asia/Shanghai', locale: 'zh-CN', now: new Date('2026-11-22T20:00:00Z') };

/** What the reader makes of a text, or of bytes. */
export const read = (file: string | Uint8Array) => readIssueFile(typeof file === 'string' ? Buffer.from(file) : file, reading);

export const fixture = (name: string) => readFileSync(new URL(`../fixtures/issues/${name}`, import.meta.url));

/** Real issues that are not ours to commit; they lie beside the checkout where its makers work. */
const originals = new URL('../../../shared/', import.meta.url);
export const original = (path: string) => {
  const url = new URL(path, originals);
  return { missing: !existsSync(url), bytes: () => readFileSync(url) };
};

export const originalsIn = (folder: string) => (original(folder).missing ? [] : readdirSync(new URL(folder, originals)).sort());

/** The refusal that reading ends with. */
export function refusal(file: string | Uint8Array): Refusal {
  try {
    read(file);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('The file was read.');
}

/** Section titles with the numbers and titles of their items. */
export const outline = ({ sections }: IssueContent) =>
  sections.map(({ title, items }) => [title, ...items.map((item) => `${item.number ?? '-'} ${item.title ?? ''}`)]);

/** How many items each section has. */
export const itemCounts = ({ sections }: IssueContent) => sections.map(({ items }) => items.length);

export const texts = (blocks: readonly Block[]) => blocks.map(({ text }) => text);

/** Every link out of the issue and every picture, in reading order. */
export function targets({ intro, sections, closing }: IssueContent) {
  const links: string[] = [];
  const pictures: string[] = [];
  const look = (blocks: readonly Block[]) => {
    for (const { html } of blocks) {
      for (const [, href] of html.matchAll(/<a href="([^"#][^"]*)"/g)) links.push(unescaped(href));
      for (const [, src] of html.matchAll(/<img src="([^"]*)"/g)) pictures.push(unescaped(src));
    }
  };
  look(intro);
  for (const section of sections) {
    if (section.url) links.push(section.url);
    look(section.blocks);
    for (const item of section.items) {
      if (item.url) links.push(item.url);
      look(item.blocks);
    }
  }
  look(closing);
  return { links, pictures };
}

const unescaped = (attribute = '') =>
  attribute.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export const withoutSpace = (text: string) => text.replace(/\s+/g, '');
