import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { startLocalRun } from '../local-run.ts';
import { picturesOf } from '../preview/mail-pictures.ts';
import { type Check, checksOf } from './demo-checks.ts';
import { type DigestAnswer, linkIn, NewsletterVisitor } from './newsletter-visitor.ts';

const folder = resolve(import.meta.dirname, '../../../demo-mail');
const slot = '2026-11-27T0100Z';
const scheduledTime = '2026-11-27T01:00:00Z';

const confirmed = Array.from({ length: 25 }, (_, n) => `reader-${n + 1}@example.com`);
const waverer = 'never-confirms@example.com';
const leaver = 'leaves-again@example.com';
const closed = 'closes-mailbox@example.com';

const say = (line = '') => process.stdout.write(`${line}\n`);

/** The main job, from a stranger's sign-up to the digest's report, over the pages and mails that people meet. */
async function demo(): Promise<boolean> {
  const began = Date.now();
  say('Periodical, the main job end to end. Everything runs on this machine; nothing is sent anywhere.\n');
  const run = await startLocalRun({ port: 0, sesRate: 50 });
  try {
    say(`1. The service is up on ${run.origin} (${seconds(began)}), made from the template that would be deployed.`);
    const visitor = new NewsletterVisitor(run.origin);
    await gatherReaders(visitor);
    const subject = await uploadIssue(visitor);
    await visitor.put('/_local/ses', { faults: [{ action: 'bounce', to: closed }] });
    const digest = await sendDigest(visitor);
    const checks = await judge(visitor, digest, subject);
    showReport(digest);
    for (const { promise, found, holds } of checks) say(`   ${holds ? '✓' : '✗'} ${promise}: ${found}`);
    await keepMail(visitor);
    const well = checks.every(({ holds }) => holds);
    say(
      well
        ? `\nAll of it held, in ${seconds(began)}. Next: npm start, the same service with pages to click.`
        : '\nSomething above does not hold.',
    );
    return well;
  } finally {
    await run.stop();
  }
}

async function gatherReaders(visitor: NewsletterVisitor) {
  await visitor.signUp(waverer);
  const people = [...confirmed, leaver, closed];
  // A few at a time, as people come.
  for (let at = 0; at < people.length; at += 9)
    await Promise.all(people.slice(at, at + 9).map((address, n) => visitor.becomeReader(address, n % 5 === 4 ? 'en' : 'zh-CN')));
  await leaveAtOnce(visitor, leaver);
  say(
    `2. ${people.length + 1} people signed up on the page; ${people.length} confirmed by the mail they got, 1 never did, and 1 has left again.`,
  );
}

/** Who wants to leave before the first digest finds the way on the page that says they are confirmed. */
async function leaveAtOnce(visitor: NewsletterVisitor, address: string) {
  const { mail } = await visitor.mailTo(address);
  const page = await (await fetch(linkIn(mail, '/confirm?'), { headers: { accept: 'text/html' } })).text();
  const link = [...page.matchAll(/href="([^"]*)"/g)].find(([, href = '']) => href.includes('/unsubscribe?'))?.[1];
  if (!link) throw new Error('The page after confirming does not say how to leave.');
  await visitor.pressButton(new URL(link.replaceAll('&amp;', '&'), visitor.origin).href);
}

async function uploadIssue(visitor: NewsletterVisitor): Promise<string> {
  const file = await readFile(new URL('./sample-issue.txt', import.meta.url));
  const response = await visitor.upload(file, 'sample-issue.txt');
  if (response.status !== 201) throw new Error(`The upload answered ${response.status}: ${await response.text()}`);
  const issue = (await response.json()) as { slug: string; title: string; sections: { title: string; items: unknown[] }[] };
  const queued = await visitor.asEditor('POST', `/api/v1/issues/${issue.slug}/queue`);
  if (!queued.ok) throw new Error(`Queueing answered ${queued.status}: ${await queued.text()}`);
  say(`3. An editor uploaded a file out of a blog: 《${issue.title}》`);
  say(`   understood as ${issue.sections.map(({ title, items }) => `${title} (${items.length})`).join(', ')}, and queued for the week.`);
  return issue.title;
}

async function sendDigest(visitor: NewsletterVisitor): Promise<DigestAnswer> {
  await visitor.fire('weekly-digest', scheduledTime);
  say(`4. The weekly schedule fired for ${slot}.`);
  let shown = '';
  for (let tries = 0; tries < 300; tries += 1) {
    const digest = await visitor.digest(slot);
    const line = digest ? `   ${digest.state}: ${digest.report.submitted} of ${digest.report.audience} submitted` : '';
    if (line && line !== shown) say(line);
    shown = line;
    if (digest && ['done', 'skipped', 'cancelled', 'stopped', 'parked'].includes(digest.state)) break;
    await wait(200);
  }
  await visitor.idle();
  const digest = await visitor.digest(slot);
  if (!digest) throw new Error(`There is no digest ${slot}.`);
  return digest;
}

async function judge(visitor: NewsletterVisitor, digest: DigestAnswer, subject: string): Promise<Check[]> {
  const messages = await visitor.outbox({ digest: slot });
  return checksOf({ digest, messages, confirmed: [...confirmed, closed], strangers: [waverer, leaver], subject }, visitor);
}

function showReport({ report }: DigestAnswer) {
  const { skipped, ...figures } = report;
  say('5. The report:');
  say(
    `   ${Object.entries(figures)
      .filter(([, figure]) => typeof figure === 'number')
      .map(([name, n]) => `${name} ${n}`)
      .join(' · ')}`,
  );
  say(
    `   skipped ${
      Object.entries(skipped)
        .map(([reason, n]) => `${reason} ${n}`)
        .join(', ') || 'nobody'
    }`,
  );
}

async function keepMail(visitor: NewsletterVisitor) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const messages = await visitor.outbox({ digest: slot });
  for (const { id, to } of messages) await writeFile(`${folder}/${to[0]?.split('@')[0]}.eml`, await visitor.raw(id));
  const mail = await PostalMime.parse(await visitor.raw(messages[0]?.id ?? ''));
  const pictures = await picturesOf(
    mail.html ?? '',
    [390, 800].map((width) => ({ width, colours: 'light' as const, file: `${folder}/digest-${width}px.png` })),
  );
  const here = relative(process.cwd(), folder);
  say(
    `\nThe mail each reader got lies in ${here}/ (${messages.length} .eml files${pictures.length > 0 ? ', and digest-390px.png, digest-800px.png with stand-ins for the pictures' : ''}).`,
  );
}

const seconds = (since: number) => `${((Date.now() - since) / 1_000).toFixed(1)} s`;

demo().then(
  (well) => process.exit(well ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
