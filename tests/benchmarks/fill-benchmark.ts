import MailComposer from 'nodemailer/lib/mail-composer';
import { digestMessage, fillDigest } from '../../functions/digests/rendering/digest-message.ts';
import { listHeaders } from '../../functions/mail/list-headers.ts';
import { sampleSettings } from '../emails/sample-settings.ts';
import { commandLine } from '../support/command-line.ts';
import { median } from './median.ts';
import { quick, report } from './report.ts';
import { renderedWeekly } from './sending/rendered-weekly.ts';

commandLine({ usage: 'npm run bench -- fill   or with --quick', flags: ['quick'] });

// CPU of one reader's mail, filled and composed, against nodemailer's composer for the same input, which is handed to it
// already filled. Both in one run, one after the other in every round, so that a busy machine hurts both.
const rounds = quick ? 5 : 7;
const readersPerRound = quick ? { ours: 1_000, theirs: 100 } : { ours: 4_000, theirs: 400 };
const htmlBytes = 60_000;

const settings = sampleSettings();
const publicOrigin = 'https://news.example.org';

const rendered = await renderedWeekly(htmlBytes);

const readerOf = (n: number) => {
  const token = `k1.${String(n).padStart(32, '0')}.Zm9yLXRoZS1iZW5jaG1hcmstb25seQ`;
  return {
    settings,
    locale: 'zh-CN' as const,
    address: `reader${n}@example.org`,
    tags: {},
    date: new Date('2026-11-27T01:00:00Z'),
    unsubscribeUrl: `${publicOrigin}/unsubscribe?t=${token}`,
    preferencesUrl: `${publicOrigin}/preferences?t=${token}`,
  };
};

const cpuMicroseconds = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

function ours(readers: number) {
  const made = Array.from({ length: readers }, (_, n) => readerOf(n));
  const begun = cpuMicroseconds();
  let bytes = 0;
  for (const reader of made) bytes += digestMessage(rendered, reader).raw.length;
  const spent = (cpuMicroseconds() - begun) / readers;
  // A mail is made when it is asked for: nobody's would take no time at all.
  if (bytes < readers * htmlBytes) throw new Error(`${readers} mails have ${bytes} bytes.`);
  return spent;
}

async function theirs(readers: number) {
  const made = Array.from({ length: readers }, (_, n) => {
    const reader = readerOf(n);
    return { ...fillDigest(rendered, 'zh-CN', reader), reader };
  });
  const begun = cpuMicroseconds();
  for (const { html, text, reader } of made)
    await new MailComposer({
      from: settings.sender,
      to: reader.address,
      replyTo: settings.replyTo,
      subject: rendered.subject,
      html,
      text,
      date: reader.date,
      headers: { 'Content-Language': rendered.language, ...listHeaders(settings, reader.unsubscribeUrl) },
      textEncoding: 'base64',
    })
      .compile()
      .build();
  return (cpuMicroseconds() - begun) / readers;
}

ours(readersPerRound.ours);
await theirs(readersPerRound.theirs);
const measured: { ours: number; theirs: number }[] = [];
for (let round = 0; round < rounds; round += 1)
  measured.push({ ours: ours(readersPerRound.ours), theirs: await theirs(readersPerRound.theirs) });

const [own, other] = [median(measured.map((round) => round.ours)), median(measured.map((round) => round.theirs))];
const share = median(measured.map((round) => round.ours / round.theirs));
report('fill', {
  figures: { htmlBytes: Buffer.byteLength(rendered.variants['zh-CN'].html), rounds: measured, median: { ours: own, theirs: other, share } },
  tables: [
    {
      title: `Filling a mail, medians of ${rounds} rounds`,
      columns: ['', 'CPU per reader, µs'],
      rows: [
        ['filled and composed here', own],
        ["nodemailer's composer", other],
        ['ratio', `1/${(1 / share).toFixed(1)}`],
      ],
    },
  ],
  gates: [{ what: "CPU of filling and composing, to nodemailer's", figure: share, most: 0.1 }],
});
