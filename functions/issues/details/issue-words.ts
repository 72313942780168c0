import type { Block, IssueContent } from '../issue.ts';
import type { IssueWords } from './issue-language.ts';

const enough = 10_000;

/** The words of an issue for telling its language, code left out; as many as tell it. */
export function issueWords(title: string, { intro, sections, closing }: Pick<IssueContent, 'intro' | 'sections' | 'closing'>): IssueWords {
  const headings = [title, ...sections.map((section) => section.title)].join('\n').slice(0, 2_000);
  const words: IssueWords = { headings, own: `${title}\n`, all: `${title}\n` };
  const add = (text: string, isLink = false) => {
    if (!isLink) words.own += `${text}\n`;
    words.all += `${text}\n`;
  };
  const addBlocks = (blocks: readonly Block[]) => {
    for (const { kind, text, html } of blocks) {
      if (words.all.length > enough) return;
      if (kind === 'code') continue;
      words.own += `${withoutLinks(html)}\n`;
      words.all += `${text}\n`;
    }
  };
  addBlocks(intro);
  for (const section of sections) {
    add(section.title, Boolean(section.url));
    addBlocks(section.blocks);
    for (const item of section.items) {
      if (item.title) add(item.title, item.url !== null);
      addBlocks(item.blocks);
    }
  }
  addBlocks(closing);
  return words;
}

/** The HTML is what the sanitiser wrote, so its tags look one way only. Addresses that stand in the text are in no language. */
const withoutLinks = (html: string) =>
  html
    .slice(0, enough)
    .replace(/<a [^<>]*>[^<]*(?:<(?!\/?a\b)[^<]*)*<\/a>/g, ' ')
    .replace(/<code>[^<]*<\/code>/g, ' ')
    .replace(/<[^<>]*>|&[a-z#0-9]{2,6};|https?:\/\/\S+/g, ' ');
