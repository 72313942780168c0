import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NewsletterVisitor } from '../demo/newsletter-visitor.ts';
import type { Edition } from './edition.ts';

export const samples = resolve(import.meta.dirname, '../../../docs/samples');

/** The afternoon before the sample goes out. */
export const today = '2026-11-26T14:00:00Z';
const earlierFridays = ['2026-11-13', '2026-11-20'] as const;
const nextFriday = '2026-11-27';

/** Two digests that went out to readers of many providers, and the sample, queued for the next one. */
export async function fillNewsletter(origin: string, edition: Edition) {
  await visitorAt(origin, '2026-11-10T10:00:00Z');
  await addReaders(origin, edition);
  for (const [n, friday] of earlierFridays.entries()) await sendIssue(origin, edition, { friday, text: edition.earlier[n] ?? '' });
  const slug = await queueIssue(await visitorAt(origin, today), await sampleOf(edition));
  return { slug, lastDigest: digestId(edition, earlierFridays[1]) };
}

/** Lets the sample go out, and takes one reader's mail out of the outbox. */
export async function sendSample(origin: string, edition: Edition): Promise<string> {
  const visitor = await visitorAt(origin, slotOf(edition, nextFriday));
  await fire(visitor, slotOf(edition, nextFriday));
  const [message] = await visitor.outbox({ digest: digestId(edition, nextFriday) });
  if (!message) throw new Error('Nobody got the sample.');
  const { mail } = await visitor.mailTo(message.to[0] ?? '', { digest: digestId(edition, nextFriday) });
  return mail.html ?? '';
}

/** Moves the clock of the run. A visitor of before would be signed in no more. */
async function visitorAt(origin: string, now: string): Promise<NewsletterVisitor> {
  const visitor = new NewsletterVisitor(origin);
  await visitor.put('/_local/clock', { now });
  return visitor;
}

async function addReaders(origin: string, { mailboxes, language }: Edition) {
  const addresses = Object.entries(mailboxes).flatMap(([domain, count]) =>
    Array.from({ length: count }, (_, n) => `reader${n + 1}@${domain}`),
  );
  await fetch(new URL('/_local/readers', origin), { method: 'POST', body: JSON.stringify({ addresses, locale: language }) });
}

async function sendIssue(origin: string, edition: Edition, { friday, text }: { friday: string; text: string }) {
  const before = await visitorAt(origin, `${friday}T00:30:00Z`);
  await queueIssue(before, formOf('issue.md', text));
  const faults = [
    { action: 'block', to: `*@${edition.refusing}`, times: 2 },
    { action: 'bounce', to: `*@${edition.closing}`, times: 1 },
  ];
  await before.put('/_local/ses', { maxSendRate: 50, faults });
  await fire(await visitorAt(origin, slotOf(edition, friday)), slotOf(edition, friday));
  await before.put('/_local/ses', { faults: [] });
}

async function fire(visitor: NewsletterVisitor, slot: string) {
  for (const schedule of ['weekly-digest', 'watch-digests']) {
    await visitor.fire(schedule, slot);
    await visitor.idle();
  }
}

async function queueIssue(visitor: NewsletterVisitor, form: FormData): Promise<string> {
  const body = new Response(form);
  const upload = { type: body.headers.get('content-type') ?? '', text: new Uint8Array(await body.arrayBuffer()) };
  const uploaded = await visitor.asEditor('POST', '/api/v1/issues', upload);
  if (!uploaded.ok) throw new Error(`The upload answered ${uploaded.status}: ${await uploaded.text()}`);
  const { slug } = (await uploaded.json()) as { slug: string };
  await visitor.idle();
  const queued = await visitor.asEditor('POST', `/api/v1/issues/${slug}/queue`);
  if (!queued.ok) throw new Error(`Queueing answered ${queued.status}: ${await queued.text()}`);
  return slug;
}

async function sampleOf({ sample }: Edition): Promise<FormData> {
  const form = formOf(sample, await readFile(join(samples, sample), 'utf8'));
  form.append('images', new Blob([new Uint8Array(await readFile(join(samples, 'harbour.png')))], { type: 'image/png' }), 'harbour.png');
  return form;
}

function formOf(name: string, text: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([text], { type: 'text/markdown' }), name);
  return form;
}

const slotOf = ({ slotHour }: Edition, friday: string) => `${friday}T${slotHour}:00:00Z`;
const digestId = ({ slotHour }: Edition, friday: string) => `${friday}T${slotHour}00Z`;
