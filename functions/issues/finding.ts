import * as z from 'zod';
import { failureReasons } from './images/image-failure.ts';

const finding = <Code extends string, Values extends z.ZodRawShape>(code: Code, values: Values) =>
  z.object({
    code: z.literal(code),
    values: z.object(values),
    /** Of the file, from 1. */
    line: z.int().optional(),
    /** A place in the structure, such as `sections.2.items.0`. */
    path: z.string().optional(),
  });

const text = z.string();
const count = z.int();
const kilobytes = { kilobytes: count, limitKilobytes: count };

/**
 * Something about an issue that an editor should know before it goes out. It is data: a code for one cause, and what is
 * particular to this one. `findingDetail` says it in English, and the words of each language say it on the desk.
 */
export const Finding = z.discriminatedUnion('code', [
  // What keeps an issue from being queued
  finding('no_text', {}),
  finding('placeholder_unfilled', { placeholder: text }),
  finding('refused_link', { address: text }),
  finding('refused_picture', { address: text }),
  finding('private_link', { address: text }),
  finding('private_picture', { address: text }),
  finding('unsubscribe_link', { link: text }),
  finding('cannot_fit', kilobytes),
  // From reading the file
  finding('encoding_guessed', { encoding: text }),
  finding('garbled_text', { sample: text }),
  finding('no_date', {}),
  finding('date_unreadable', { written: text, date: text }),
  finding('date_ambiguous', { written: text, date: text, other: text }),
  finding('date_in_part', { written: text, date: text }),
  finding('no_title', { title: text }),
  finding('title_from_file', { title: text }),
  finding('author_of_document', { authors: z.array(text) }),
  finding('metadata_unused', { keys: z.array(text) }),
  finding('schedule_unreadable', { written: text }),
  finding('reply_to_unused', { address: text, used: text, domains: z.array(text) }),
  finding('asked_not_done', { state: z.enum(['queued', 'scheduled']), why: z.enum(['errors', 'past', 'alike', 'draft']) }),
  finding('same_number', { number: count, title: text, slug: text }),
  finding('same_text', { date: text, title: text, slug: text }),
  finding('long_title', { characters: count }),
  finding('title_link', { address: text }),
  finding('number_gap', { number: count, before: count }),
  finding('number_repeat', { number: count }),
  finding('number_back', { number: count, before: count }),
  finding('not_kept', { element: text }),
  finding('relative_link', { address: text }),
  finding('relative_picture', { address: text }),
  finding('inline_image', {}),
  finding('unknown_key', { key: text }),
  finding('mark_left_out', { mark: text }),
  finding('reference_missing', { reference: text }),
  finding('frame_left_out', { words: text }),
  finding('unknown_topic', { topic: text, known: z.array(text) }),
  finding('image_failed', { address: text, reason: z.enum(failureReasons) }),
  finding('image_removed', { address: text, reason: z.enum(failureReasons) }),
  finding('image_unused', { path: text }),
  // How it will fare as a mail
  finding('placeholder_left', { placeholder: text }),
  finding('hidden_direction', {}),
  finding('malformed_address', { address: text }),
  finding('link_elsewhere', { words: text, host: text }),
  finding('look_alike_host', { host: text }),
  finding('markup_left', { written: text }),
  finding('empty_section', { title: text }),
  finding('missing_alt', { address: text }),
  finding('image_not_https', { address: text }),
  finding('html_ignored', { element: text, clients: text }),
  finding('css_ignored', { style: text, clients: text }),
  finding('low_contrast', { text, ground: text, contrast: z.number(), needed: z.number() }),
  finding('long_subject', { columns: count, limit: count }),
  finding('shortened', { parts: count, titles: z.array(text) }),
]);
export type Finding = z.infer<typeof Finding>;

export type FindingCode = Finding['code'];
export type FindingValues<Code extends FindingCode> = Extract<Finding, { code: Code }>['values'];
