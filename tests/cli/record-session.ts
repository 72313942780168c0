import { writeFileSync } from 'node:fs';
import { PutAccountDetailsCommand } from '@aws-sdk/client-sesv2';
import type { CliLocale } from '../../infra/cli/words/catalogues.ts';
import { FakeAccount } from './fake-account.ts';
import { fakeCdk } from './fake-cdk.ts';
import { fakeServices } from './fake-newsletter.ts';
import { periodical, type Run } from './run-periodical.ts';

export const recordingFile = new URL('../../docs/first-deployment-recorded.md', import.meta.url);

const answers: Record<CliLocale, string[]> = {
  en: ['Hafenblatt', 'en', 'Europe/Berlin', 'friday', '09:00', 'Hafenblatt Verlag GmbH', 'Am Kai 1, 20457 Hamburg'],
  'zh-CN': ['港口周报', 'zh-CN', 'Asia/Shanghai', 'friday', '09:00', '港口文化有限公司', '上海市浦东新区海港路 1 号，200120'],
};
const addresses = [
  ...['redaktion@hafenblatt.de', '', 'https://www.hafenblatt.de/datenschutz', 'eu-central-1'],
  ...['https://brief.hafenblatt.de', 'brief.hafenblatt.de', 'blatt@post.hafenblatt.de', 'hallo@anmeldung.hafenblatt.de'],
];

/**
 * What a person sees of a first deployment in a new account, from `init` to `doctor`: a zone in Route 53, no certificate yet, SES in its
 * sandbox, ten functions at once. Against the fakes, so it is the same each time.
 */
async function recorded(locale: CliLocale): Promise<string> {
  const account = new FakeAccount();
  Object.assign(account.ses, { production: false, day: 200, second: 1 });
  account.concurrency = 10;
  account.distributions.length = 0;
  account.stacks.clear();
  account.zones.set('hafenblatt.de', []);
  const { fetch, has } = await fakeServices(account);
  has.cost = 0;
  has.tagIsActive = false;
  if (has.schedule) has.schedule.ScheduleExpressionTimezone = answers[locale][2] ?? '';
  // SES takes a day for it.
  account.aws.on(PutAccountDetailsCommand, () => {
    Object.assign(account.ses, { production: true, day: 50_000, second: 14 });
    return {};
  });
  const { cdk } = fakeCdk(account);
  const yes = locale === 'en' ? 'yes' : '是';
  let looks = 0;
  const onSleep = () => {
    looks += 1;
    if (looks === 3) for (const identity of account.identities.values()) identity.verified = true;
  };
  const parts: string[] = [];
  let settings = {};
  const run = async (typed: string[], given: Partial<Run> = {}) => {
    const ran = await periodical({ typed, account, fetch, locale, settings, cdk, onSleep, ...given });
    settings = ran.settings;
    parts.push(`$ npm run -s periodical -- ${typed.join(' ')}\n${ran.said.trim()}`);
  };
  await run(['init'], { answers: [...answers[locale], ...addresses] });
  await run(['deploy'], { answers: [yes, yes, yes, yes, yes, yes] });
  await run(['production-access'], { answers: ['20000', yes] });
  await run(['doctor', '--watch']);
  return parts.join('\n\n');
}

/** The page with both recordings. */
export const recording = async (): Promise<string> => `# A first deployment, recorded

<!-- Made by \`node tests/cli/record-session.ts\`. Do not edit by hand. -->

This is what the command line says in a new account, from \`init\` to \`doctor\`, once in English and once in Chinese. It was recorded against
fakes that answer as AWS's documentation says, and not against AWS. SES itself needs about a day to answer \`production-access\`; here \`doctor\`
follows at once. A line that begins with \`?\` is a question with its answer.

## English

\`\`\`
${await recorded('en')}
\`\`\`

## 中文

\`\`\`
${await recorded('zh-CN')}
\`\`\`
`;

if (import.meta.main) writeFileSync(recordingFile, await recording());
