import { closedDirection } from '../../platform/closed-direction.ts';
import type { Finding } from '../finding.ts';
import type { Metadata } from '../source/front-matter.ts';
import { asLine, valuesOf } from './metadata-keys.ts';

const mostAuthors = 10;
const longestName = 80;

/**
 * Who wrote an issue: whom its metadata name; else whom its page, its feed or the mail that it came as names; else who a word processor says
 * wrote the document, which is said, because it is often somebody else. Names only.
 */
export function issueAuthors(metadata: Metadata, newsletter = ''): { authors: string[]; warnings: Finding[] } {
  const said = namesIn(valuesOf(metadata, 'authors')[0]);
  if (said.length > 0) return { authors: said, warnings: [] };
  const sites = [newsletter, asLine(metadata.get('page site')) ?? ''].map(folded);
  const people = (value: unknown) => namesIn(value).filter((name) => !sites.includes(folded(name)) && !isProgram(name));
  const ofPage = people(metadata.get('page author'));
  if (ofPage.length > 0) return { authors: ofPage, warnings: [] };
  const ofDocument = people(asLine(metadata.get('document author'))?.split(/[;；]/));
  return {
    authors: ofDocument,
    warnings: ofDocument.length > 0 ? [{ code: 'author_of_document', values: { authors: ofDocument } }] : [],
  };
}

const folded = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What machines and programs are called, and mailboxes that nobody reads; no person is called so. */
const programs = new RegExp(
  [
    '^(?:administrator|windows|microsoft|office|apple|lenovo|hewlett|dell|asus|acer|huawei|xiaomi|thinkpad|desktop-|laptop-|python-docx|apache poi|openxml|libreoffice)',
    '^(?:un-?named|pc|hp|owner|guest|test|default|editors?|editorial team|team|webmaster|newsletter|mailer|notifications?|info|news|support|hello)$',
    '^(?:微软|微軟|系统|系統|匿名|管理员|管理員|用户|使用者|编辑部|編輯部)',
    '\\b(?:no-?reply|do not reply)\\b',
    '(?:用户|使用者)$',
  ].join('|'),
  'i',
);
const isProgram = (name: string) => programs.test(name);

/** Names of people, in whatever shape the tool has them; never their mail addresses, and no name of an account that nobody chose. */
function namesIn(value: unknown): string[] {
  const all = Array.isArray(value) ? value.slice(0, 50) : [value];
  const names = all.map((each) => nameIn(each)).filter((name) => name !== '');
  return [...new Set(names)].slice(0, mostAuthors);
}

function nameIn(value: unknown): string {
  const { name, title } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { name: value, title: '' };
  const written = (asLine(name) ?? asLine(title) ?? '').slice(0, 400);
  // `Ann <ann@example.org>`, and RSS's `ann@example.org (Ann)`.
  const inBrackets = /^[^\s@]+@\S+ \(([^()]+)\)$/.exec(written)?.[1];
  const plain = (inBrackets ?? written.replace(/<[^<>]*>/g, ' '))
    .replace(/^(?:by|von|par|por)[:\s]\s*|^(?:作者|文|著)\s*[:：/／]\s*/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  const isName =
    /\p{L}/u.test(plain) && !/@|:\/\//.test(plain) && !/^(?:admin|administrator|root|user|anonymous|unknown|none|me)$/i.test(plain);
  return isName ? closedDirection(plain.slice(0, longestName).toWellFormed()) : '';
}
