import * as z from 'zod';
import { Actor } from '../access/principal.ts';
import { Finding } from './finding.ts';
import { failureReasons } from './images/image-failure.ts';

/** Pixels a picture has in a mail on a wide screen: 600 less the margins. Widths in per cent are of this. */
export const columnWidth = 528;

const blockKinds = ['paragraph', 'heading', 'list', 'quote', 'table', 'code', 'image', 'rule', 'footnotes'] as const;
export type BlockKind = (typeof blockKinds)[number];

/** The smallest piece of an issue: `text` as a reader sees it, `html` sanitised and complete, e.g. `<p>…</p>`. */
export const Block = z.object({ kind: z.enum(blockKinds), text: z.string(), html: z.string() });
export type Block = z.infer<typeof Block>;

export const Item = z.object({
  number: z.number().int().nullable(),
  /** The number as the source writes it (`1、`, `（2）`, `第三，`), which the title no longer has. */
  mark: z.string().optional(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  blocks: z.array(Block),
});
export type Item = z.infer<typeof Item>;

/** `title` is empty where items follow one another without any section. `url`: what the title links to. */
export const Section = z.object({ title: z.string(), url: z.string().nullable().optional(), blocks: z.array(Block), items: z.array(Item) });
export type Section = z.infer<typeof Section>;

/**
 * `pending` until it is ours (`kept`, in pixels `width` and `height`) or cannot be (`failed`, for a `reason`); `remote` stays
 * where it is, because it is not on https.
 */
export const IssueImage = z.object({
  url: z.string(),
  alt: z.string(),
  state: z.enum(['pending', 'kept', 'failed', 'remote']),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  reason: z.enum(failureReasons).optional(),
});
export type IssueImage = z.infer<typeof IssueImage>;

/** Into the next digest, or out alone at the moment `at`. */
const AskedState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('queued') }),
  z.object({ state: z.literal('scheduled'), at: z.iso.datetime() }),
]);
export type AskedState = z.infer<typeof AskedState>;

/** What a file says, as we understood it: the part of an issue that does not depend on what editors do with it. */
export const IssueContent = z.object({
  slug: z.string().regex(/^[a-z0-9-]+$/),
  number: z.number().int().nullable(),
  title: z.string(),
  /** The issue's own date, `YYYY-MM-DD`, in the newsletter's time zone. */
  date: z.iso.date(),
  /** BCP 47, e.g. `zh-CN`. */
  language: z.string(),
  summary: z.string(),
  /** The address of the cover picture, if there is one. */
  cover: z.string().nullable(),
  /** What the file itself says about being listed; absent when it says nothing. */
  unlisted: z.boolean().optional(),
  /** Whom it is for, as the file says; in the editors' hands these become ids of the settings. Absent when it says nothing. */
  topics: z.array(z.string()).optional(),
  /** What its mail is called, and what is beside that in a list of mails, where the file says so in words of their own. */
  subject: z.string().optional(),
  preheader: z.string().optional(),
  /** Who wrote it, as readers are told. */
  authors: z.array(z.string()).optional(),
  /** Where replies go to the mail that this issue is, if the settings let them (`reply-address.ts`). */
  replyTo: z.string().optional(),
  /** Where else it was published first: what search engines are told. */
  canonical: z.string().optional(),
  /** What the file asks for; the state of the issue says whether it was done. */
  asked: AskedState.optional(),
  intro: z.array(Block),
  sections: z.array(Section),
  closing: z.array(Block),
  images: z.array(IssueImage),
  warnings: z.array(Finding),
});
export type IssueContent = z.infer<typeof IssueContent>;

const issueStates = ['draft', 'queued', 'scheduled', 'sending', 'sent'] as const;
export type IssueState = (typeof issueStates)[number];

const editorActions = [
  'uploaded',
  'replaced',
  'queued',
  'unqueued',
  'scheduled',
  'unscheduled',
  'sent_now',
  'tested',
  'listed',
  'unlisted',
  'topics',
  'deleted',
  'overrode',
  'archived',
] as const;

/** One thing an editor did to an issue; `version` is the issue's afterwards. */
export const HistoryEntry = z.object({
  at: z.iso.datetime(),
  by: Actor,
  did: z.enum(editorActions),
  /** As data: the moment of a schedule, the number of test mails, ids of topics, the reason of an override. */
  detail: z.string().optional(),
  version: z.number().int(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Why an issue goes out although the preflight found an error. */
export const Override = z.object({ reason: z.string(), by: Actor });
export type Override = z.infer<typeof Override>;

/** An issue's life: what the store keeps beside its content. */
export const IssueMeta = z.object({
  slug: z.string(),
  title: z.string(),
  number: z.number().int().nullable(),
  date: z.iso.date(),
  language: z.string(),
  summary: z.string(),
  /** Where its text is at home, if its file names another place than its page here. */
  canonical: z.string().optional(),
  state: z.enum(issueStates),
  /** SHA-256 of the uploaded bytes, hex: the same bytes again are the same issue. */
  sourceHash: z.string(),
  /** SHA-256 of the content's JSON, hex: names the stored parts, and what a digest mailed. */
  contentHash: z.string(),
  contentParts: z.number().int(),
  /** The file that a program says it came from, such as `issues/week-48.md`: the same file is the same issue, whatever it says now. */
  source: z.string().optional(),
  /** Grows with every change an editor makes, and when a digest takes the issue or gives it back. */
  version: z.number().int().default(1),
  /** Its pages work and nothing leads to them: no list, no feed, no sitemap. */
  unlisted: z.boolean().default(false),
  /** Ids of the topics whose readers get it; none means everybody. */
  topics: z.array(z.string()).default([]),
  /** The moment an editor chose, also once its digest has taken it. */
  scheduledFor: z.iso.datetime().optional(),
  override: Override.optional(),
  /** Written with the change itself, so that no change is without its entry. */
  lastChange: HistoryEntry.optional(),
  /** The digest that took this issue, once one has. */
  digestId: z.string().optional(),
  /** When it came into the archive: SES had taken a mail of its digest. Of one that went out elsewhere, noon of its date, in UTC. */
  publishedAt: z.iso.datetime().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type IssueMeta = z.infer<typeof IssueMeta>;
