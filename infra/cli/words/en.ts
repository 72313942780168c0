import type { Comparison } from '../../../functions/restores/restore.ts';
import type { AnswerName } from '../setup/answer-names.ts';

/** What is wrong with something: what was found, what that means, what to do. */
type Trouble = { found: string; means: string; todo: string };
type CliErrorSaid = { came: string; wouldDo: string };

export type StatusFacts = {
  stack: string;
  region: string;
  state: string;
  address: string;
  dashboard: string;
  readers: { confirmed: number; pending: number; asOf: string } | undefined;
  nextSlot: string | undefined;
  digests: readonly { id: string; state: string; issues: number }[];
  queues: readonly { worker: string; waiting: number; dead: number }[];
  ses: { sentLast24Hours: number; max24HourSend: number; maxSendRate: number };
};

type Refused = { status: number; code: string; detail: string; values: Record<string, unknown>; errors: readonly string[] };
type PushedFacts = { file: string; did: 'created' | 'replaced' | 'unchanged' | 'failed'; slug: string; state: string; isDry: boolean };
type PushedCounts = { created: number; replaced: number; unchanged: number; failed: number };
type Count<Name extends string> = Readonly<Record<Name, number>>;
type DigestFacts = {
  issues: readonly string[];
  holds: readonly string[];
  holdReason: string | null;
  report: Count<'submitted' | 'audience' | 'delivered' | 'bounced' | 'complained' | 'rejected' | 'unknown' | 'open'>;
};
type ReaderFacts = { id: string; state: string; address: string | null; locale: string | null; topics: readonly string[] };
type StatisticsFacts = {
  asOf: string | null;
  readers: Count<'confirmed' | 'paused' | 'pending' | 'unconfirmed' | 'unsubscribed' | 'bounced' | 'complained'>;
  digests: readonly ({ id: string; state: string } & Count<'submitted' | 'delivered' | 'bounced'>)[];
};
type KeyFacts = {
  id: string;
  name: string;
  scopes: readonly string[];
  state: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
};

type ComparedFacts = Pick<
  Comparison,
  'source' | 'knownUntil' | 'left' | 'complained' | 'suppressed' | 'moved' | 'erased' | 'missing' | 'newcomers'
>;

const sourceNames: Record<Comparison['source'], string> = {
  table: 'In the old table',
  'final-backup': 'In AWS’s last backup of the old table',
  'nightly-copy': 'In the nightly copy',
};

const said = (came: string, wouldDo: string): CliErrorSaid => ({ came, wouldDo });
const says = (found: string, means: string, todo: string): Trouble => ({ found, means, todo });
const list = (items: readonly string[]) => items.join(', ');
const records = (count: number) => (count === 1 ? 'one record' : `${count} records`);

const questions: Record<AnswerName, { ask: string; why: string; wouldDo: string }> = {
  newsletterName: {
    ask: 'What is the newsletter called?',
    why: 'Its name is on every page and in every mail, and readers see it as the sender.',
    wouldDo: 'a name of at most 80 characters',
  },
  locale: {
    ask: 'Which language do its editors write in?',
    why: 'The desk, notices to editors and issues that name no language are in it. Readers choose their own.',
    wouldDo: 'one of the languages shown',
  },
  timeZone: {
    ask: 'In which time zone does it come out?',
    why: 'The schedule and the times on pages follow its clocks, daylight saving included.',
    wouldDo: 'an IANA time zone such as Asia/Shanghai',
  },
  day: {
    ask: 'On which day does the digest go out?',
    why: 'Issues that are queued go out together. Other schedules, such as every working day or once a month, are set in the settings later.',
    wouldDo: 'one of the days shown',
  },
  time: { ask: 'At what time?', why: 'By the clocks of that time zone.', wouldDo: 'a time such as 09:00' },
  legalName: {
    ask: 'Who publishes it, by their legal name?',
    why: 'The law wants readers to know who handles their data (PIPL Art. 17, GDPR Art. 13). It is at the foot of every page and mail.',
    wouldDo: 'the name of the company or person, as the law knows them',
  },
  postalAddress: {
    ask: 'What is the publisher’s postal address?',
    why: 'CAN-SPAM wants a valid postal address in every commercial mail, and SES asks its customers to follow it.',
    wouldDo: 'a street or a post box, and a place',
  },
  contact: {
    ask: 'Which address do people read who answer for the newsletter?',
    why: 'Readers reach you there, alarms go there, and the law wants it (PIPL Art. 17, GDPR Art. 13).',
    wouldDo: 'an address that people read, on a domain of your own',
  },
  replyTo: {
    ask: 'Where do replies to the mails go?',
    why: 'Mailbox providers trust senders more whom readers answer.',
    wouldDo: 'an address that people read',
  },
  privacyNotice: {
    ask: 'Where is the privacy notice?',
    why: 'The sign-up page and every mail link to it: people have to be told what happens to their data before they agree.',
    wouldDo: 'an address that begins with https://',
  },
  region: {
    ask: 'In which AWS region shall it run?',
    why: 'Readers’ data is kept there, so the law of that place holds too. SES and everything else must be in the region.',
    wouldDo: 'a region such as eu-central-1',
  },
  publicHost: {
    ask: 'On which host shall its pages be? (- for none: CloudFront’s own)',
    why: 'Every link in every mail begins with it, for as long as somebody keeps the mail. A host of your own stays yours.',
    wouldDo: 'a host such as news.your-domain.com, without https://, on a domain of your own',
  },
  senderAddress: {
    ask: 'From which address do digests come?',
    why: 'Its domain earns a reputation with mailbox providers, and readers’ filters know the newsletter by it. A subdomain for it alone is best.',
    wouldDo: 'an address such as weekly@mail.news.your-domain.com, on a domain of your own',
  },
  confirmationAddress: {
    ask: 'From which address do confirmations come?',
    why: 'Strangers can cause these mails by signing up others. On another subdomain, a complaint about them does not hurt the digests.',
    wouldDo: 'another address, such as hello@confirm.news.your-domain.com, on a domain of your own',
  },
};

export const words = {
  about: 'Runs a newsletter in your own AWS account: deploys it, proves that it works, and operates it.',
  helpTitles: {
    'Usage:': 'Usage:',
    'Options:': 'Options:',
    'Commands:': 'Commands:',
    'Arguments:': 'Arguments:',
    'Global Options:': 'For all commands:',
  },
  wouldDo: 'What would do: ',
  commands: {
    init: 'asks for what the law and SES need, and writes the settings',
    deploy: 'looks whether it can work, deploys, and sees to the DNS records',
    doctor: 'looks at everything a person would look at, and says what to do; ends with 1 if something is wrong',
    productionAccess: 'asks SES to leave its sandbox, or tells what it has answered',
    status: 'readers, the last digests, the next slot, queues, and mails of the last 24 hours',
    logs: 'the last lines of a function’s log',
    redrive: 'hands the dead letters of a function back to its queue',
    editors: 'the people who work at the desk',
    editorsList: 'who they are, and their roles',
    editorsInvite: 'lets somebody sign in, or changes their role',
    editorsRemove: 'takes somebody’s role and account away',
    secrets: 'the keys without which no reader is found again and no link in an old mail works',
    secretsSave: 'writes a sealed copy of them into a file, for an owner to keep',
    secretsBring: 'makes secrets of such a copy, which the settings adopt',
    restore: 'brings the table back into a new one, holds all mail, and makes who has gone since gone again; run again, it goes on',
    cost: 'what last month cost; with --readers, what a month would cost at list prices',
    destroy: 'deletes the stack, after writing all readers into a file; the table and what old mails need are kept',
    import: 'looks at a list of readers, and with --start takes it in',
    connect: 'keeps a newsletter’s address and an API key for the commands below',
    issues: 'issues: bring files, look at them, send them',
    issuesPush: 'makes issues of files, or brings them up to date; a second time changes nothing',
    issuesList: 'lists issues, newest first',
    issuesPull: 'writes an issue into a JSON file that can be pushed again',
    issuesPreview: 'shows the mail of an issue, or what files would become',
    issuesTest: 'sends a test mail',
    issuesSend: 'sends an issue alone, after the undo period',
    issuesUndo: 'takes an issue out of the queue, off its schedule, or back within the undo period',
    archive: 'the past of a newsletter',
    archiveImport: 'puts old issues into the archive under their own dates; nobody is mailed',
    slots: 'when the next digests go out, and with what',
    report: 'the delivery report of a digest',
    readers: 'readers: find one, import a list, export them all',
    readersFind: 'finds a reader by the exact address; the search is recorded',
    readersExport: 'writes all readers into a file',
    stats: 'how the list grows, and how digests arrive',
    keys: 'API keys; takes the access token of an owner in PERIODICAL_KEY',
    keysList: 'lists them',
    keysCreate: 'makes one, which by default only writes drafts',
    keysRevoke: 'ends one at once',
    completion: 'prints a completion script for a shell',
  },
  options: {
    json: 'one JSON document on standard output, and no questions',
    yes: 'agrees to every question',
    settings: 'the file with the settings, in place of cdk.json',
    lang: 'zh or en',
    help: 'shows this',
    answers: 'a JSON file with the answers, in place of questions',
    look: 'only looks, and deploys nothing',
    repair: 'also sets right what somebody has changed by hand',
    watch: 'looks again until DNS and SES have the records',
    readersExpected: 'how many readers you expect within a year',
    since: 'how far back: 90s, 15m, 3h, 2d',
    errors: 'only lines about errors',
    filter: 'a filter pattern of CloudWatch Logs, in place of --errors',
    limit: 'at most so many lines, the newest',
    redriveFunction: 'send-confirmation, work, deliver-batches or record-ses-events',
    restoreAt: 'the moment to go back to, such as 2026-12-07T09:00Z; without it the last one there is',
    backup: 'the backup to restore, in place of a moment',
    into: 'the name of the new table; to go on with one that was begun',
    release: 'lets the newsletter send again, after you have seen the numbers',
    keysFile: 'the file',
    code: 'the code that was shown when the file was made',
    address: 'their email address',
    role: 'what they may do',
    readers: 'how many readers',
    perMonth: 'how many digests a month go to all of them',
    confirm: 'the name of the stack, in place of typing it',
    export: 'the file that all readers are written into',
    noExport: 'writes no file',
    list: 'a table, a workbook, or a ZIP of them',
    start: 'takes the list in',
    origin: 'where these people signed up',
    iConfirm: 'that these people asked for it',
    column: 'what a column is, counted from 1: address, date, dateElse, language, topics, tags; or none',
    says: 'what a column says about mail: nothing, words, agrees, confirms, leaves, bounces, complains',
    word: 'what a word in a column means: subscribed, unconfirmed, unsubscribed, bounced, complained, nonsubscribed, nothing',
    listStatus: 'what people are of whom the file says nothing',
    dates: 'in 3/4/2024: day (3 April), month (4 March), or unknown (leaves such dates out)',
    mistyped: 'imports addresses that look mistyped as they are',
    issuePaths: 'files, and folders of them',
    queue: 'into the next digest',
    schedule: 'alone, at a moment such as 2026-12-01T09:00:00+08:00',
    archive: 'into the archive under their own dates, without a mail to anybody',
    replace: 'also replaces issues that were not pushed from a file',
    dryRun: 'says what would become of each file, and changes nothing',
    pastPath: 'a folder or ZIP of files, or an export of Ghost, Substack, WordPress or Buttondown',
    site: 'where the pages of a Ghost export were',
    slugOrFiles: 'the slug of an issue, or files and folders',
    html: 'the mail as HTML',
    open: 'opens the pages in a browser',
    comment: 'writes what a pull request’s comment should say into a file',
    issueLimit: 'at most so many',
    slug: 'the slug of an issue',
    output: 'the file to write',
    testTo: 'a test reader of the settings; may be repeated',
    override: 'why it goes out although the preflight found errors',
    newsletterAddress: 'where the newsletter is, such as https://news.your-domain.com',
    digest: 'a digest’s id, or the slug of an issue in it; without it the latest',
    watchReport: 'shows how far it is until it has ended',
    exportFormat: 'csv or jsonl',
    keyName: 'what the history calls it',
    scope: 'what it may do; without it issues:write',
    expires: 'until when, such as 2027-12-01T00:00:00Z, or never; without it a year',
    keyId: 'the id in `periodical keys list`',
    shell: 'bash, zsh or fish',
  },
  errors: {
    wrong_command: ({ message }: { message: string }) =>
      said(`The command line was not understood: ${message}`, 'a command as in `periodical --help`'),
    wrong_settings: ({ message }: { message: string }) => said(message.trimEnd(), 'correct these settings, or `periodical init`'),
    settings_unreadable: ({ file, fault }: { file: string; fault: string }) =>
      said(`${file} cannot be read: ${fault}`, 'a file with one JSON object, as in cdk.json'),
    made_up: ({ settings }: { settings: string[] }) =>
      said(
        `These settings are examples, with which nothing can be deployed:\n  ${settings.join('\n  ')}`,
        'your own: `periodical init` asks for them',
      ),
    no_region: () => said('No AWS region is known.', '"region" in the settings, or AWS_REGION'),
    no_credentials: () =>
      said('There are no AWS credentials.', '`aws configure sso` and `aws sso login`, or AWS_PROFILE with a profile that has some'),
    wrong_credentials: ({ message }: { message: string }) =>
      said(
        `AWS does not take the credentials: ${message}`,
        'sign in again, for example with `aws sso login`; check AWS_PROFILE, and that the region is switched on in this account',
      ),
    access_denied: ({ message }: { message: string }) =>
      said(`These credentials may not do that: ${message}`, 'a role that may, such as an administrator’s'),
    aws_not_reached: ({ message }: { message: string }) =>
      said(`AWS cannot be reached: ${message}`, 'a connection to the internet; and a region that exists'),
    dns_not_reached: ({ name, fault }: { name: string; fault: string }) =>
      said(`The DNS cannot be asked for ${name}: ${fault}`, 'a connection that lets DNS through to 1.1.1.1, 223.5.5.5 or 8.8.8.8'),
    not_deployed: ({ stack, region, status }: { stack: string; region: string; status: string }) =>
      said(
        `There is no stack ${stack} in ${region} that works${status ? ` (it is ${status})` : ''}.`,
        '`periodical deploy`, or the settings of another stack with --settings',
      ),
    no_output: ({ output }: { output: string }) =>
      said(`The stack has no output ${output}: it was deployed by another version.`, '`periodical deploy`'),
    needs_yes: ({ question }: { question: string }) => said(`Nobody is there to answer: ${question}`, '--yes'),
    init_needs_answers: ({ names }: { names: readonly string[] }) =>
      said('There is no terminal to ask at.', `--answers FILE, a JSON object with ${list(names)}`),
    answer_not_accepted: ({ name, came }: { name: AnswerName; came: string }) =>
      said(`${name}: ${came === '' ? 'no answer' : `“${came}”`}`, questions[name].wouldDo),
    answer_will_not_work: ({ name, came, concern }: { name: AnswerName; came: string; concern: { code: string } }) =>
      said(`${name}: “${came}” will not work (${concern.code}, see above).`, questions[name].wouldDo),
    readers_unknown: () => said('SES wants to know how many readers you expect, and nobody has confirmed yet.', '--readers with a number'),
    no_such_function: ({ name, names }: { name: string; names: readonly string[] }) =>
      said(`There is no “${name}”.`, `one of ${list(names)}`),
    no_such_editor: ({ address }: { address: string }) =>
      said(`${address} does not work at the desk.`, 'an address of `periodical editors list`'),
    last_owner: ({ address }: { address: string }) =>
      said(`${address} is the only owner.`, 'first another owner: `periodical editors invite ADDRESS --role owner`'),
    not_confirmed: ({ stack }: { stack: string }) =>
      said('Nothing was deleted: the name of the stack was not given.', `--confirm ${stack}`),
    file_exists: ({ file }: { file: string }) => said(`${file} is there already, and is not overwritten.`, 'another name with --export'),
    server_refused: ({ message }: { message: string }) => said(`The newsletter said no: ${message}`, 'what it says'),
    newsletter_refused: ({ status, code, detail, errors }: Refused) =>
      said(
        [`The newsletter said no (${status} ${code}): ${detail}`, ...errors.map((error) => `  ${error}`)].join('\n'),
        status === 401 || status === 403 ? 'another key; an owner makes one at the desk, under “API keys”' : 'what it says',
      ),
    newsletter_not_reached: ({ url, fault }: { url: string; fault: string }) =>
      said(`${url} cannot be reached: ${fault}`, 'its address in PERIODICAL_URL, or `periodical connect`; and a connection to it'),
    not_connected: ({ file }: { file: string }) =>
      said(
        'It is not known which newsletter is meant, or by which key.',
        `PERIODICAL_URL and PERIODICAL_KEY, or \`periodical connect ADDRESS\`, which keeps both in ${file}`,
      ),
    profile_name_wrong: ({ name }: { name: string }) => said(`PERIODICAL_PROFILE is “${name}”.`, 'up to 40 letters, digits, _ and -'),
    key_needed: () => said('There is no terminal to ask for the key.', 'PERIODICAL_KEY with an API key'),
    address_not_safe: ({ address }: { address: string }) =>
      said(`${address} is no address that a key can be sent to.`, 'an address with https://, or one on this machine'),
    no_such_file: ({ file }: { file: string }) => said(`There is no ${file}.`, 'a file or folder that is there'),
    no_issues_there: ({ paths, names }: { paths: readonly string[]; names: readonly string[] }) =>
      said(`Nothing in ${list(paths)} can be an issue.`, `files that end in ${list(names)}; name any other file itself`),
    output_exists: ({ file }: { file: string }) => said(`${file} is there already, and is not overwritten.`, 'another name'),
    export_not_read: ({ file, fault }: { file: string; fault: string }) =>
      said(`${file} cannot be taken apart: ${fault}`, 'an export of Ghost, Substack, WordPress or Buttondown, a folder, or a ZIP of files'),
    no_digest_yet: () => said('There has been no digest yet.', '`periodical slots` shows when the next one goes out'),
    issue_without_digest: ({ slug }: { slug: string }) =>
      said(`No digest has taken “${slug}” yet.`, 'an issue that is sent, or a digest’s id'),
    export_expired: ({ id }: { id: string }) => said(`The file of the export ${id} is not there any more.`, 'the same command again'),
    export_not_fetched: ({ status }: { status: number }) => said(`The file could not be fetched: ${status}.`, 'the same command again'),
    keys_file_exists: ({ file }: { file: string }) => said(`${file} is there already, and is not overwritten.`, 'another name'),
    no_code: () => said('The code of the file was not given.', '--code, with the code that was shown when the file was made'),
    wrong_code: ({ file }: { file: string }) =>
      said(`${file} does not open with this code.`, 'the code that was shown when it was made; or a file of `periodical secrets save`'),
    no_backup: ({ table }: { table: string }) =>
      said(
        `There is nothing to restore ${table} from: it has no point-in-time recovery, and AWS has no last backup of it.`,
        '--backup, with the ARN of a backup: aws dynamodb list-backups, or AWS Backup',
      ),
    outside_recovery: ({ at, from, until }: { at: string; from: string; until: string }) =>
      said(`The table cannot go back to ${at}.`, `a moment from ${from} to ${until}, or --backup`),
    table_unusable: ({ table, status }: { table: string; status: string }) =>
      said(`The table ${table} cannot be used: it is ${status}.`, 'look at it in the console of DynamoDB; or another one with --into'),
    nobody_knows: ({ bucket }: { bucket: string }) =>
      said(
        `Nobody knows who has gone since: the old table is gone, AWS has no last backup of it, and there is no nightly copy in ${bucket}.`,
        'a nightly copy under departures/ in that bucket; without one the newsletter stays held, because it would mail people who left',
      ),
    copy_too_short: ({ moment, from }: { moment: string; from: string }) =>
      said(
        `The data is of ${moment}, and the nightly copy knows who has gone since ${from} only.`,
        'a newer backup, with --backup and another name for --into; the newsletter stays held, because it would mail people who left in between',
      ),
    nothing_held: () => said('No restore waits to be released.', '`periodical status`'),
    not_compared: ({ missing }: { missing: number | undefined }) =>
      said(
        missing === undefined ? 'It has not been found out yet who has gone since.' : `${missing} who have gone since are not gone here.`,
        '`periodical restore`, which goes on with it',
      ),
    no_such_meaning: ({ meaning, meanings }: { meaning: string; meanings: readonly string[] }) =>
      said(`--says: there is no “${meaning}”.`, `one of ${list(meanings)}`),
    declaration_missing: ({ declaration }: { declaration: string }) =>
      said(
        'Nothing was imported: where these people signed up was not said, or not confirmed.',
        `--origin and --i-confirm, by which you say: ${declaration}`,
      ),
  },
  init: {
    questions,
    notAccepted: ({ came, wouldDo }: { came: string; wouldDo: string }) =>
      `${came === '' ? 'An answer is needed' : `“${came}” will not do`}: ${wouldDo}.`,
    takeAnyway: 'Take it all the same?',
    written: (file: string) => `The settings are in ${file}. Next: periodical deploy`,
  },
  deploy: {
    agree: ({ stack, region }: { stack: string; region: string }) => `Deploy ${stack} to ${region} now?`,
    agreeBootstrap: (region: string) =>
      `CDK has not been prepared in ${region}. Run cdk bootstrap? It makes a bucket and roles, which cost next to nothing.`,
    agreeConcurrency: ({ limit, wanted, desired }: { limit: number; wanted: number; desired: number }) =>
      `Lambda runs ${limit} functions at once in this account, and ${wanted} may be wanted. Ask AWS for ${desired}? It is free.`,
    agreeAdopt: (domain: string) => `SES has ${domain} already, from elsewhere. Use it as it is, and write that into the settings?`,
    agreeCertificate: (host: string) => `There is no certificate for ${host} in us-east-1. Request one from ACM? It is free.`,
    waitsForCertificate: (host: string) => `Waiting for ACM to issue the certificate for ${host}. It mostly takes two or three minutes.`,
    notBegun: 'Nothing was deployed. Remove what is marked with ✗ or …, then run periodical deploy again.',
    failed: 'The deployment failed. Remove the cause, then run periodical deploy again: a failed first deployment is deleted and repeated.',
    isProtected: (file: string) =>
      `The stack is protected from deletion now, and "terminationProtection" is in ${file} for the deployments to come.`,
    done: ({ address, desk, contact }: { address: string; desk: string; contact: string }) =>
      [
        `It is deployed. Readers sign up at ${address}, editors work at ${desk}`,
        '',
        'Next:',
        `  1. Follow the link that AWS mails to ${contact}: without it alarms reach nobody.`,
        '  2. periodical doctor --watch',
        '  3. periodical editors invite you@your-domain.com --role owner',
        '  4. periodical production-access',
      ].join('\n'),
  },
  doctor: {
    summary: ({ newsletter, troubles, waits }: { newsletter: string; troubles: number; waits: number }) => {
      if (troubles > 0)
        return `${newsletter} needs you: ${troubles === 1 ? 'one thing is' : `${troubles} things are`} wrong (✗)${waits > 0 ? `, and ${waits} wait (…)` : ''}.`;
      if (waits > 0)
        return `${newsletter} is not ready yet: ${waits === 1 ? 'one thing waits' : `${waits} things wait`} (…), for DNS or for SES.`;
      return `${newsletter} is well.`;
    },
    watching: (seconds: number) => `Looking again every ${seconds} seconds. Ctrl+C ends it.`,
  },
  productionAccess: {
    granted: 'SES is in production already: there is nothing to ask for.',
    pending: (support: string) =>
      `SES has been asked and has not answered yet${support ? ` (support case ${support})` : ''}. It mostly takes a day.`,
    denied: (support: string) =>
      `SES has said no${support ? ` (support case ${support})` : ''}. Its mail says why. Answer there, or ask again with what was missing.`,
    askReaders: 'How many readers do you expect within a year?',
    shown: 'This is what SES gets to read:',
    agree: 'Submit it to SES?',
    submitted: (contact: string) =>
      `It is submitted. AWS answers ${contact} and the account’s own address, mostly within a day; periodical production-access tells the state.`,
  },
  status: (
    { stack, region, state, address, dashboard, readers, nextSlot, digests, queues, ses }: StatusFacts,
    timeZone: string,
  ): string[] => {
    const local = (time: string) => new Date(time).toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
    return [
      `${stack} in ${region}: ${state}, ${address}`,
      readers ? `Readers: ${readers.confirmed} confirmed, ${readers.pending} pending (${local(readers.asOf)})` : 'Readers: not counted yet',
      `Next slot: ${nextSlot ? local(nextSlot) : 'none'}`,
      ...digests.map(({ id, state: its, issues }) => `Digest ${id}: ${its}, ${issues === 1 ? 'one issue' : `${issues} issues`}`),
      ...queues.map(({ worker, waiting, dead }) => `Queue of ${worker}: ${waiting} waiting, ${dead} dead letters`),
      `SES: ${ses.sentLast24Hours} of ${ses.max24HourSend} mails in 24 hours, ${ses.maxSendRate} a second`,
      `Dashboard: ${dashboard}`,
    ];
  },
  logs: { nothing: (name: string) => `The log of ${name} has no such lines in that time.` },
  redrive: {
    nothing: (worker: string) => `Nothing lies among the dead letters of ${worker}.`,
    agree: ({ worker, messages }: { worker: string; messages: number }) =>
      `${messages === 1 ? 'One message lies' : `${messages} messages lie`} among the dead letters of ${worker}. Has the cause been removed (periodical logs ${worker} --errors), and shall they be handed back?`,
    started: ({ worker, messages }: { worker: string; messages: number }) =>
      `${messages === 1 ? 'One message goes' : `${messages} messages go`} back to the queue of ${worker}.`,
  },
  editors: {
    row: ({ address, role, hasSignedIn }: { address: string; role: string | undefined; hasSignedIn: boolean }) =>
      `${address}: ${role ?? 'no role'}${hasSignedIn ? '' : ', has not signed in yet'}`,
    nobody: 'Nobody works at the desk yet: periodical editors invite ADDRESS --role owner',
    invited: ({ address, role, desk, mailed }: { address: string; role: string; desk: string; mailed: boolean }) =>
      mailed
        ? `${address} is ${role} now. Cognito mails a first password, which is valid for seven days; they sign in at ${desk} and need an authenticator app.`
        : `${address} is ${role} now, from the next request on.`,
    agreeRemove: (address: string) => `Take role and account of ${address} away? What they did stays in the history.`,
    removed: (address: string) => `${address} does not work at the desk any more.`,
  },
  cost: {
    booked: (month: string) => `in all in ${month}, as AWS booked it under the newsletter’s tags`,
    inAll: ({ region, asOf }: { region: string; asOf: string }) =>
      `in all, at list prices of ${region}, ${asOf}; elsewhere up to a third more`,
  },
  secrets: {
    saved: ({ file, code }: { file: string; code: string }) =>
      [
        `The keys are in ${file}, and open with this code alone:`,
        '',
        `  ${code}`,
        '',
        'Write it down, and keep it apart from the file. It is shown this once.',
      ].join('\n'),
    askCode: 'Which code was shown when the file was made?',
    brought: (file: string) => `The keys are secrets of this account now, and ${file} adopts them. Next: periodical deploy`,
  },
  restore: {
    agree: ({ stack, moment, table }: { stack: string; moment: string; table: string }) =>
      `Bring ${stack} back as it was at ${moment}, into the new table ${table}? Nobody is mailed until an editor releases it, colleagues are invited again, programs need new keys, and webhooks are switched on again.`,
    begun: (table: string) => `AWS makes ${table}. That takes minutes, and of a large table hours.`,
    held: (table: string) => `${table} is there, and holds all mail. Now it is deployed.`,
    notAdopted: (table: string) => `The deployment failed. Remove the cause, then run: periodical restore --into ${table}`,
    lastWrites: 'Waiting two minutes for the last writes to the old table.',
    comparing: 'Looking up who has gone since.',
    compared: ({ source, knownUntil, left, complained, suppressed, moved, erased, missing, newcomers }: ComparedFacts) => [
      `${sourceNames[source]}, until ${knownUntil}: ${left} unsubscribed, ${complained} complained, ${suppressed} mailboxes were given up, ${moved} changed their address, ${erased} were erased.`,
      missing === 0 ? 'All of them are so again.' : `${missing} of them are not so yet.`,
      ...(source === 'nightly-copy' ? ['Who has gone after that copy is not known.'] : []),
      ...(newcomers ? [`${newcomers} who have confirmed since are not on the list.`] : []),
    ],
    next: ({ missing, desk }: { missing: number; desk: string }) =>
      missing === 0
        ? [
            'Next:',
            '  1. periodical editors invite YOU@YOUR-DOMAIN --role owner, and your colleagues',
            `  2. see the numbers at ${desk} and release it there, or: periodical restore --release`,
            '  3. look at each digest that is paused: it may have gone out already',
          ].join('\n')
        : 'Run periodical restore again.',
    agreeRelease:
      'Let the newsletter send again? Digests that are open are paused, and what is queued or scheduled becomes a draft, because it may have gone out already.',
    released: 'Released. Digests that were open are paused, and what was queued or scheduled is a draft: look at each before you send it.',
  },
  destroy: {
    warning: ({ stack, kept, gone }: { stack: string; kept: readonly string[]; gone: number }) =>
      [
        `${stack} will be deleted: ${gone} resources, with all pages, functions, queues, schedules, alarms and the sender’s domains in SES.`,
        'Links in mails that were sent end with it: nobody can unsubscribe by them, read an issue or change their choices. Only pictures stay.',
        `These are kept, with their data, and cost their storage: ${kept.join(', ')}`,
      ].join('\n'),
    ask: (stack: string) => `Type ${stack} to delete it:`,
    exported: ({ file, readers }: { file: string; readers: number }) =>
      `${readers} readers are in ${file}, with those who left: keep it, and keep it secret.`,
    done: (stack: string) => `${stack} is deleted.`,
    failed: (stack: string) =>
      `${stack} could not be deleted; what CDK says is above. Run periodical destroy again when the cause is removed.`,
  },
  import: {
    progress: ({ rows, of, secondsLeft }: { rows: number; of: number; secondsLeft: number | null }) =>
      `${rows} of ${of} rows${secondsLeft ? `, about ${secondsLeft} s left` : ''}`,
    rows: (count: number) => `${count} rows`,
    leftOut: ', left out: it holds events, and no people',
    inWords: 'in words',
    byItsName: (word: string) => ` (its name says “${word}”)`,
    questions: 'Before it can be started:',
    askStatus: (rows: number) => `nothing says what ${rows} people are`,
    askDates: (column: string) => `which number of the dates in “${column}” is the day`,
    askWord: ({ says: word, column, rows }: { says: string; column: string; rows: number }) =>
      `what “${word}” means in “${column}”, ${rows} rows`,
    unknownTopics: (topics: readonly string[]) => `None of this newsletter’s topics, and left out: ${list(topics)}`,
    nothingWritten: 'Nothing was written. With --start --origin "…" --i-confirm it is taken in.',
    report: (url: string) => `The report, for five minutes: ${url}`,
  },
  issues: {
    none: 'There is no issue yet.',
    states: {
      draft: 'draft',
      queued: 'queued',
      scheduled: 'scheduled',
      sending: 'being sent',
      sent: 'sent',
    } as Readonly<Record<string, string>>,
    wants: { queued: 'asks to be queued', scheduled: 'asks to be scheduled', archived: 'goes into the archive, without a mail' },
    file: ({ file, did, slug, state, isDry }: PushedFacts): string => {
      if (did === 'failed') return `${file}: ${isDry ? 'would fail' : 'failed'}`;
      if (did === 'unchanged') return `${file}: unchanged, ${slug} (${state})`;
      if (isDry) return `${file}: would ${did === 'created' ? 'be the new issue' : 'replace the text of'} ${slug}${state && ` (${state})`}`;
      return `${file}: ${did === 'created' ? 'is the new issue' : 'replaced the text of'} ${slug} (${state})`;
    },
    pushed: ({ created, replaced, unchanged, failed }: PushedCounts, isDry: boolean): string =>
      created + replaced + failed === 0
        ? `Nothing has changed: ${unchanged === 1 ? 'the file is' : `all ${unchanged} files are`} there already.`
        : `${created} new, ${replaced} replaced, ${unchanged} unchanged, ${failed} failed${isDry ? '; nothing was written' : ''}.`,
    leftOut: ({ file, why }: { file: string; why: 'not_published' | 'not_for_everybody' | 'no_post' | 'no_text' }) => {
      const because = {
        not_published: 'was never published',
        not_for_everybody: 'was not for everybody',
        no_post: 'is no post',
        no_text: 'has no text',
      };
      return `${file}: left out, ${because[why]}`;
    },
    previewed: ({ title, slug, date }: { title: string; slug: string; date: string }) => `${date}  ${slug}  ${title}`,
    pulled: (file: string) => `It is in ${file}. The file that it was made of is not kept; this one says the same.`,
    tested: (to: readonly string[]) => `Test mails went to ${list(to)}.`,
    agreeSend: (title: string) => `Send “${title}” to the readers now?`,
    sending: (digest: string) =>
      `It is on its way as digest ${digest}. periodical report ${digest} --watch; periodical issues undo takes it back.`,
    agreeCancel: (digest: string) => `Stop ${digest} for good? Readers who have it keep it, the others get nothing.`,
    agreeCancelDigest: (digest: string) =>
      `It is part of the digest ${digest}. Stop the whole digest for good? Readers who have it keep it, the others get none of its issues.`,
    cancelled: (digest: string) => `${digest} is stopped.`,
    undone: (state: string) => `It is back: ${state}.`,
    comment: {
      look: 'Preview',
      becomes: ({ asked, at, state }: { asked: string | undefined; at: string; state: string | undefined }): string => {
        const before = state === undefined ? 'A new issue' : `Replaces the text of an issue that is ${state}`;
        if (asked === 'queued') return `${before}; it asks to be queued for the next digest.`;
        return asked === 'scheduled' ? `${before}; it asks to be sent alone at ${at}.` : `${before}.`;
      },
      size: (kilobytes: number, budget: number) => `Its mail has ${kilobytes} of ${budget} KB.`,
      nothingFound: '✅ The preflight found nothing.',
    },
  },
  newsletter: {
    askKey: 'API key (an owner makes one at the desk, under “API keys”):',
    connected: ({ url, file }: { url: string; file: string }) => `Commands go to ${url} from now on. Address and key are in ${file}.`,
    nextSlot: ({ localTime, timeZone, issues }: { localTime: string; timeZone: string; issues: readonly string[] }) =>
      `${localTime} (${timeZone}): ${issues.length === 0 ? 'nothing is queued' : list(issues)}`,
    progress: ({ id, state, done, audience }: { id: string; state: string; done: number; audience: number }) =>
      `${id} ${state}, ${done} of ${audience} readers`,
    report: ({ issues, holds, holdReason, report }: DigestFacts): string[] => [
      `Issues: ${list(issues)}`,
      ...(holds.length > 0 ? [`Held: ${list(holds)}${holdReason ? ` (${holdReason})` : ''}`] : []),
      `Submitted ${report.submitted} of ${report.audience}: ${report.delivered} delivered, ${report.bounced} bounced, ${report.complained} complaints`,
      `Rejected ${report.rejected}, unknown ${report.unknown}, open ${report.open}`,
    ],
    reader: ({ id, state, address, locale, topics }: ReaderFacts): string[] => [
      `${address ?? 'no address is kept'}: ${state}`,
      `id ${id}${locale ? `, ${locale}` : ''}${topics.length > 0 ? `, topics ${list(topics)}` : ''}`,
    ],
    exported: ({ file, readers }: { file: string; readers: number }) => `${readers} readers are in ${file}: keep it secret.`,
    stats: ({ asOf, readers, digests }: StatisticsFacts): string[] => [
      asOf === null ? 'The readers have not been counted yet.' : `As of ${asOf}:`,
      `Readers: ${readers.confirmed} confirmed (${readers.paused} paused), ${readers.pending} pending, ${readers.unconfirmed} imported and unconfirmed`,
      `Gone: ${readers.unsubscribed} unsubscribed, ${readers.bounced} bounced, ${readers.complained} complained`,
      ...digests.map(
        ({ id, state, submitted, delivered, bounced }) =>
          `${id} ${state}: ${submitted} submitted, ${delivered} delivered, ${bounced} bounced`,
      ),
    ],
    noKeys: 'There is no API key.',
    key: ({ id, name, scopes, state, expiresAt, lastUsedAt }: KeyFacts) =>
      `${id}  ${state}  ${name}: ${list(scopes)}; until ${expiresAt ?? 'it is revoked'}; ${lastUsedAt ? `last used ${lastUsedAt}` : 'never used'}`,
    keyMade: ({ key, name, scopes }: { key: string; name: string; scopes: readonly string[] }) =>
      `${key}\nThis is ${name} (${list(scopes)}). It is shown this once.`,
  },
  dns: {
    byHand: (zone: string) =>
      `These records belong into the zone ${zone}, which is not in Route 53 of this account. Most panels ask for the name on the left, and can import the block as a zone file:`,
    inRoute53: (zone: string) => `These records are missing in ${zone}, which is in Route 53:`,
    agree: (count: number, zone: string) => `Write ${records(count)} into ${zone}?`,
  },
  good: {
    credentials: ({ account, who, region }: { account: string; who: string; region: string }) =>
      `Account ${account} as ${who}, region ${region}.`,
    services: ({ region }: { region: string }) => `All services are in ${region}.`,
    bootstrap: ({ version }: { version: number }) => `CDK is prepared (bootstrap version ${version}).`,
    no_host: () => 'No host of its own: pages and links are on CloudFront’s domain.',
    certificate: ({ host }: { host: string }) => `The certificate for ${host} is issued.`,
    certificate_found: ({ host, status }: { host: string; status: string }) =>
      `ACM has a certificate for ${host} (${status}). It is in the settings.`,
    zone_found: ({ zone }: { zone: string }) => `${zone} is in Route 53: periodical deploy can write the records.`,
    identity_own: ({ domain }: { domain: string }) => `${domain} is this stack’s own in SES.`,
    identity_new: ({ domain }: { domain: string }) => `SES does not know ${domain} yet; the stack makes it.`,
    identity_adopted: ({ domain }: { domain: string }) => `${domain} was in SES before, and is used as it is.`,
    cloudfront: () => 'CloudFront is allowed in this account.',
    concurrency: ({ limit, wanted }: { limit: number; wanted: number }) =>
      `Lambda runs ${limit} functions at once; ${wanted} may be wanted.`,
    ses_production: ({ day, second }: { day: number; second: number }) => `SES is in production: ${day} mails a day, ${second} a second.`,
    nothing_left_behind: () => 'No table or user pool of an earlier try is left.',
    dmarc_kept: ({ domain, name }: { domain: string; name: string }) =>
      `${domain} has a DMARC policy already (${name}), which is left as it is.`,
    records_there: ({ zone, count }: { zone: string; count: number }) => `${zone} has ${records(count)} of this stack already.`,
    stack_complete: ({ stack, status }: { stack: string; status: string }) => `The stack ${stack} is there (${status}).`,
    dns_seen: ({ count }: { count: number }) => `The world sees all ${count} DNS records.`,
    dmarc_seen: ({ domain, name, policy }: { domain: string; name: string; policy: string }) =>
      `${domain} has a DMARC policy (${name}: p=${policy}).`,
    identity_verified: ({ domain }: { domain: string }) => `SES has verified ${domain}, with DKIM.`,
    events_published: ({ count }: { count: number }) => `SES publishes all ${count} kinds of events to this stack.`,
    round_trip: ({ seconds }: { seconds: number }) =>
      `Mails to SES’s simulator were delivered, bounced and complained about, and the newsletter knew after ${seconds} s.`,
    page_answers: ({ address }: { address: string }) => `The sign-up page answers at ${address}.`,
    one_click: () => 'One-click requests to unsubscribe reach the newsletter.',
    viewer_known: () => 'The newsletter learns whose request it is.',
    alarms_confirmed: ({ contact }: { contact: string }) => `Alarms go to ${contact}.`,
    alarms_quiet: ({ count }: { count: number }) => `None of the ${count} alarms is raised.`,
    heartbeat: ({ runs, minutes }: { runs: number; minutes: number }) => `watch-digests ran ${runs} times in the last ${minutes} minutes.`,
    no_dead_letters: ({ queues }: { queues: number }) => `Nothing lies in the ${queues} queues of dead letters.`,
    schedule_equal: ({ expression, timeZone }: { expression: string; timeZone: string }) =>
      `The schedule is that of the settings: ${expression}, ${timeZone}.`,
    quota_enough: ({ readers, day, minutes }: { readers: number; day: number; minutes: number }) =>
      `A digest to ${readers} readers fits into SES’s ${day < 0 ? 'unlimited quota' : `${day} mails a day`}, and takes about ${minutes} min.`,
    cost_last_month: ({ month, dollars }: { month: string; dollars: number }) => `It cost $${dollars.toFixed(2)} in ${month}.`,
    records_written: ({ zone, count }: { zone: string; count: number }) =>
      `${count === 1 ? 'One record' : `${count} records`} written into ${zone}.`,
  },
  trouble: {
    services_missing: ({ region, services }: { region: string; services: string[] }) =>
      says(
        `${region} has no ${list(services)}.`,
        'The newsletter cannot run there.',
        'Choose another "region", for example eu-central-1, us-east-1 or ap-southeast-1.',
      ),
    bootstrap_missing: ({ region, version }: { region: string; version: number }) =>
      says(
        version > 0 ? `CDK’s bootstrap in ${region} is too old (version ${version}).` : `CDK has not been prepared in ${region}.`,
        'CDK uploads through a bucket and roles of its own, and has none there.',
        'Run npx cdk bootstrap, once for each account and region.',
      ),
    certificate_missing: ({ host }: { host: string }) =>
      says(
        `There is no certificate for ${host} in us-east-1.`,
        'CloudFront serves a host only with a certificate from there.',
        'Run periodical deploy again and let it request one, or take "publicHost" out of the settings.',
      ),
    certificate_gone: ({ arn }: { arn: string }) =>
      says(
        `ACM does not know ${arn}.`,
        'It belongs to another account, or was deleted.',
        'Take "certificateArn" out of the settings; periodical deploy then finds or requests one.',
      ),
    certificate_for_others: ({ host, names, arn }: { host: string; names: readonly string[]; arn: string }) =>
      says(
        `The certificate is for ${list(names)}, and not for ${host}.`,
        'CloudFront refuses it for that host.',
        `Take "certificateArn" (${arn}) out of the settings; periodical deploy then finds or requests one.`,
      ),
    certificate_failed: ({ host, status, arn }: { host: string; status: string; arn: string }) =>
      says(
        `ACM did not issue the certificate for ${host} (${status}).`,
        'It waits three days for the record, and looks whether a CAA record allows Amazon.',
        `Delete ${arn} in ACM, take "certificateArn" out of the settings, and run periodical deploy again.`,
      ),
    certificate_waits: ({ host }: { host: string }) =>
      says(
        `ACM has not issued the certificate for ${host} yet.`,
        'It looks for its record in the DNS, and finds it some minutes after it is there.',
        'Set the record, leave it there for ever, and run periodical deploy again.',
      ),
    certificate_comes_with_deploy: ({ host }: { host: string }) =>
      says(
        `ACM has no certificate for ${host}.`,
        'CloudFront wants one, in us-east-1.',
        'periodical deploy requests it and shows its record.',
      ),
    identity_would_go: ({ domain }: { domain: string }) =>
      says(
        `"existing.identities" names ${domain}, which this stack has made.`,
        'The next deployment would delete it from SES, and no mail would go out.',
        `Take ${domain} out of "existing.identities".`,
      ),
    identity_not_there: ({ domain }: { domain: string }) =>
      says(
        `"existing.identities" names ${domain}, which SES does not know in this region.`,
        'Nothing could be sent from it.',
        `Take ${domain} out of "existing.identities"; the stack then makes it.`,
      ),
    identity_taken: ({ domain }: { domain: string }) =>
      says(
        `SES has ${domain} already, and this stack has not made it.`,
        'A deployment would fail, because SES has a domain once in a region.',
        `Put ${domain} into "existing.identities", or delete it in SES.`,
      ),
    host_taken: ({ host, distribution }: { host: string; distribution: string }) =>
      says(
        `The distribution ${distribution} has ${host}.`,
        'A host belongs to one distribution, so a deployment would fail.',
        `Take ${host} off that distribution; it may be one that a deleted stack has left.`,
      ),
    cloudfront_unknown: () =>
      says(
        'The account has no distribution of CloudFront yet.',
        'AWS allows CloudFront for some new accounts only after a look at them, and cannot be asked about it.',
        'Nothing yet. If the deployment says so, open a support case (“Account and billing”), which is free.',
      ),
    concurrency_low: ({ limit, wanted }: { limit: number; wanted: number }) =>
      says(
        `Lambda runs ${limit} functions at once in this account; ${wanted} may be wanted.`,
        'In busy minutes pages answer 503, and mails wait.',
        'Ask AWS for 1,000 (Service Quotas, AWS Lambda, Concurrent executions). It is free.',
      ),
    concurrency_asked: ({ limit, wanted, desired }: { limit: number; wanted: number; desired: number }) =>
      says(
        `Lambda runs ${limit} functions at once in this account; ${wanted} may be wanted. AWS has been asked for ${desired}.`,
        'Until then, pages may answer 503 in busy minutes, and mails wait.',
        'Nothing: AWS mails its answer.',
      ),
    left_behind: ({ arns }: { arns: string[] }) =>
      says(
        `Earlier tries or stacks have left ${list(arns)}.`,
        'They are protected, so nothing deletes them. The next stack makes its own.',
        'If nothing in them is needed, switch their deletion protection off and delete them.',
      ),
    ses_paused: ({ status }: { status: string }) =>
      says(
        `SES has paused this account${status ? ` (${status})` : ''}.`,
        'No mail goes out at all.',
        'Read AWS’s mails about it, and answer in the SES console, under “Reputation metrics”.',
      ),
    ses_review: () =>
      says(
        'SES reviews this account.',
        'It may pause it if bounces or complaints do not become fewer.',
        'Read AWS’s mail about it, and look at the last delivery reports.',
      ),
    ses_sandbox: ({ day, second }: { day: number; second: number }) =>
      says(
        `SES is in its sandbox: ${day} mails a day, ${second} a second, to verified addresses only.`,
        'Nobody else can sign up yet.',
        'periodical production-access',
      ),
    record_in_the_way: ({ name, type, zone }: { name: string; type: string; zone: string }) =>
      says(
        `${zone} has something else at ${name}, where a ${type} belongs.`,
        'It was left as it is.',
        'Look at it in Route 53, and replace it if it is not needed.',
      ),
    records_by_hand: ({ count }: { count: number }) =>
      says(
        `${records(count)} to set by hand.`,
        'Until the world sees them, SES verifies no domain and readers find no page.',
        'Set them as shown, then run periodical doctor --watch.',
      ),
    records_refused: ({ zone, message }: { zone: string; message: string }) =>
      says(
        `Route 53 refused the records of ${zone}: ${message}`,
        'None of them was written.',
        'Remove the cause, then run periodical deploy again.',
      ),
    cloudfront_not_allowed: ({ reason }: { resource: string; reason: string }) =>
      says(
        `AWS does not allow CloudFront in this account yet: ${reason}`,
        'New accounts are looked at by AWS first.',
        'Open a support case (“Account and billing”, free): ask to verify the account for CloudFront. Then run periodical deploy again.',
      ),
    resource_exists: ({ resource, reason }: { resource: string; reason: string }) =>
      says(
        `${resource} is there already: ${reason}`,
        'Something that this stack has not made has its name.',
        'Delete it or, if it is a domain of SES, put it into "existing.identities".',
      ),
    certificate_refused: ({ reason }: { resource: string; reason: string }) =>
      says(
        `CloudFront does not take the certificate: ${reason}`,
        'It must be issued, in us-east-1, and for that host.',
        'Take "certificateArn" out of the settings; periodical deploy then finds or requests one.',
      ),
    host_in_use: ({ reason }: { resource: string; reason: string }) =>
      says(
        `Another distribution has that host: ${reason}`,
        'A host belongs to one distribution of all AWS accounts.',
        'Take it off the other distribution, or choose another "publicHost".',
      ),
    resource_failed: ({ resource, reason }: { resource: string; reason: string }) =>
      says(
        `${resource} could not be made: ${reason}`,
        'CloudFormation has taken everything back.',
        'Remove the cause, then run periodical deploy again.',
      ),
    apex_host: ({ host }: { host: string }) =>
      says(
        `${host} is where a zone begins.`,
        'A CNAME cannot be there, and only Route 53 can point there to CloudFront.',
        `Take a host below it, such as news.${host}, or move the zone to Route 53.`,
      ),
    sender_on_host: ({ domain }: { domain: string }) =>
      says(
        `The sender is on the public host itself, ${domain}.`,
        'A host that is a CNAME can have no MX: mail to the sender is lost, and some providers trust it less.',
        `Take a subdomain, such as mail.${domain}.`,
      ),
    sender_on_peoples_domain: ({ domain }: { domain: string }) =>
      says(
        `${domain} is where people get their mail.`,
        'A complaint about the newsletter then hurts their mail too.',
        `Take a subdomain for the newsletter alone, such as news.${domain}.`,
      ),
    senders_share_domain: ({ domain }: { domain: string }) =>
      says(
        `Both senders are on ${domain}.`,
        'Strangers can cause confirmations; a complaint about one then hurts the digests.',
        'Take another subdomain for confirmations.',
      ),
    senders_same_address: ({ address }: { address: string }) =>
      says(
        `Digests come from ${address}, too.`,
        'A complaint about a confirmation would hurt the digests.',
        'Take another address, best on another subdomain.',
      ),
    stack_unfinished: ({ stack, status }: { stack: string; status: string }) =>
      says(
        `The stack ${stack} is ${status}.`,
        'Its last change has failed, or goes on.',
        'Wait for it, or run periodical deploy again, which says why.',
      ),
    stack_unprotected: ({ isSet }: { stack: string; isSet: boolean }) =>
      says(
        'The stack is not protected from deletion.',
        'One wrong command could delete it.',
        isSet ? 'Run periodical deploy.' : 'Set "terminationProtection": true, and run periodical deploy.',
      ),
    dns_missing: ({ name, type, value }: { name: string; type: string; value: string }) =>
      says(
        `The world does not see ${name} ${type} ${value}`,
        'Without it a page cannot be found, or mails are not trusted.',
        'Set it where the domain’s DNS is; it may take some minutes, sometimes hours.',
      ),
    dmarc_missing: ({ domain, value }: { domain: string; value: string }) =>
      says(
        `${domain} has no DMARC policy.`,
        'Gmail, Yahoo and Outlook want one of everybody who sends much.',
        `Set _dmarc.${domain} TXT ${value}`,
      ),
    certificate_ends: ({ host, days }: { host: string; days: number }) =>
      says(
        `The certificate for ${host} ends in ${days} days.`,
        'ACM should have renewed it: it no longer finds its record.',
        'Set the record that ACM shows for the certificate again.',
      ),
    identity_unknown: ({ domain }: { domain: string }) =>
      says(`SES does not know ${domain}.`, 'Nothing can be sent from it.', 'Run periodical deploy --repair.'),
    identity_pending: ({ domain, dkim, mailFrom }: { domain: string; dkim: string; mailFrom: string }) =>
      says(
        `SES has not verified ${domain} (DKIM ${dkim}${mailFrom ? `, MAIL FROM ${mailFrom}` : ''}).`,
        'Nothing can be sent from it yet. SES looks for the records for 72 hours.',
        'Set the records. If it says FAILED, let SES look again: SES console, Identities, the domain.',
      ),
    configuration_set_missing: ({ name }: { name: string }) =>
      says(`SES has no configuration set ${name}.`, 'No mail goes out without it.', 'Run periodical deploy --repair.'),
    configuration_set_paused: ({ name }: { name: string }) =>
      says(
        `Sending with the configuration set ${name} is switched off.`,
        'No mail goes out.',
        `aws sesv2 put-configuration-set-sending-options --configuration-set-name ${name} --sending-enabled`,
      ),
    events_elsewhere: ({ name }: { name: string }) =>
      says(
        `The configuration set ${name} publishes no events to this stack.`,
        'Bounces and complaints are not noticed, and digests cannot end.',
        'Run periodical deploy --repair; somebody has removed the event destination.',
      ),
    events_off: ({ name }: { name: string }) =>
      says(
        `The event destination of ${name} is switched off.`,
        'Bounces and complaints are not noticed, and digests cannot end.',
        'Switch it on in the SES console, under “Configuration sets”.',
      ),
    events_missing: ({ missing }: { missing: readonly string[] }) =>
      says(
        `SES does not publish ${list(missing)}.`,
        'Reports miss what became of mails.',
        'Run periodical deploy --repair; somebody has changed the event destination.',
      ),
    round_trip_not_sent: ({ message }: { message: string }) =>
      says(
        `SES did not take a mail to its simulator: ${message}`,
        'It takes none to readers either.',
        'Remove what SES names. Until DNS has the records, SES cannot verify the sender.',
      ),
    round_trip_lost: ({ missing, seconds }: { missing: readonly string[]; seconds: number }) =>
      says(
        `Of mails to SES’s simulator no ${list(missing)} came back within ${seconds} s.`,
        'The newsletter does not learn what becomes of its mails.',
        'See record-ses-events-dead-letters in docs/runbook.md; periodical logs record-ses-events',
      ),
    page_unreachable: ({ address, fault }: { address: string; fault: string }) =>
      says(
        `${address} does not answer: ${fault}`,
        'Readers cannot sign up, and links in mails do not work.',
        'Set the DNS record of the public host; if it is there, look at the distribution and its certificate.',
      ),
    page_wrong: ({ address, status }: { address: string; status: number }) =>
      says(
        `${address} answers ${status}, and not with the sign-up page.`,
        'Readers cannot sign up.',
        'Does the host lead to this distribution? See http-errors in docs/runbook.md; periodical logs public-api',
      ),
    one_click_blocked: ({ status }: { status: number }) =>
      says(
        `A one-click request to unsubscribe was answered with ${status}, not by the newsletter.`,
        'Mail programs cannot unsubscribe readers; Gmail and Yahoo want that they can.',
        'Is something in front of the distribution that stops POST requests? periodical logs public-api',
      ),
    viewer_missing: () =>
      says(
        'The newsletter does not learn whose request it is: CloudFront-Viewer-Address does not arrive.',
        'All sign-ups count as one network, and are refused when there are many.',
        'Run periodical deploy --repair; somebody may have changed the distribution.',
      ),
    viewer_unknown: () =>
      says(
        'It is not known whether the newsletter learns whose request it is.',
        'The version that is deployed does not tell.',
        'Run periodical deploy.',
      ),
    alarms_unconfirmed: ({ contact, topic }: { contact: string; topic: string }) =>
      says(
        `Nobody has confirmed that alarms go to ${contact}.`,
        'When something breaks, nobody is told.',
        `Follow the link in AWS’s mail (“Subscription Confirmation”). If it is lost, AWS sends it again: aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${contact}`,
      ),
    alarms_raised: ({ alarms }: { alarms: readonly string[] }) =>
      says(
        `Raised alarms: ${list(alarms)}.`,
        'Each says in docs/runbook.md whom it hurts.',
        `See docs/runbook.md#${alarms[0] ?? 'alarms'}`,
      ),
    heart_stopped: ({ minutes }: { minutes: number }) =>
      says(
        `watch-digests has not run for ${minutes} minutes.`,
        'Digests do not go on, and scheduled issues do not go out.',
        'See watch-digests-dead-letters in docs/runbook.md; periodical logs watch-digests',
      ),
    dead_letters: ({ worker, count }: { worker: string; count: number }) =>
      says(
        `${count} messages lie among the dead letters of ${worker}.`,
        'It could not handle them.',
        `See ${worker}-dead-letters in docs/runbook.md, then periodical redrive ${worker}`,
      ),
    schedule_missing: ({ expression, timeZone }: { expression: string; timeZone: string }) =>
      says(
        'The schedule of the digest is not there.',
        'No digest goes out by itself.',
        `Run periodical deploy --repair; it makes ${expression}, ${timeZone}.`,
      ),
    schedule_off: ({ expression, timeZone }: { expression: string; timeZone: string }) =>
      says(
        `The schedule of the digest (${expression}, ${timeZone}) is switched off.`,
        'No digest goes out by itself.',
        'Switch weekly-digest on in the console of EventBridge Scheduler.',
      ),
    schedule_differs: ({ has, wanted }: { has: string; wanted: string }) =>
      says(
        `The schedule is ${has}, and the settings say ${wanted}.`,
        'Digests go out when nobody expects them.',
        'Run periodical deploy --repair.',
      ),
    quota_small: ({ readers, day }: { readers: number; day: number }) =>
      says(
        `There are ${readers} readers, and SES takes ${day} mails a day.`,
        'A digest waits for the next day, again and again.',
        'Ask for more: Service Quotas, Amazon SES, Sending quota; in the sandbox periodical production-access.',
      ),
    rate_slow: ({ readers, second, hours }: { readers: number; second: number; hours: number }) =>
      says(
        `At ${second} mails a second, a digest to ${readers} readers takes ${hours} hours.`,
        'The last readers get it late.',
        'Ask for a higher rate: Service Quotas, Amazon SES, Sending rate.',
      ),
    readers_not_counted: () =>
      says(
        'The readers have not been counted yet.',
        'Whether SES’s quota is enough is not known.',
        'Nothing: they are counted every night.',
      ),
    cost_blind: () =>
      says(
        'AWS does not tell what it costs by tag.',
        'The account that pays has not activated the cost allocation tags newsletter and stage.',
        'There, in the console: Billing, Cost allocation tags. It holds from then on, after a day.',
      ),
    check_not_allowed: ({ check, message }: { check: string; message: string }) =>
      says(
        `These credentials may not look (${check}): ${message}`,
        'It is not known how it is.',
        'Use a role that may, such as an administrator’s.',
      ),
    dmarc_unknown: ({ domain }: { domain: string }) =>
      says(
        `It is not known whether ${domain} has a DMARC policy: the DNS cannot be asked.`,
        'A record was not written, because it could take a policy away.',
        'Run periodical deploy again from a connection that lets DNS through.',
      ),
    dns_not_asked: ({ name, fault }: { name: string; fault: string }) =>
      says(
        `The DNS cannot be asked for ${name}${fault ? `: ${fault}` : ''}.`,
        'What the world sees is not known.',
        'Use a connection that lets DNS through to 1.1.1.1, 223.5.5.5 or 8.8.8.8; if that is so, the domain’s own name servers do not answer.',
      ),
    account_not_asked: () =>
      says(
        'The AWS account cannot be asked now.',
        'Zones and certificates that are there cannot be found.',
        'Go on; periodical deploy looks again.',
      ),
  },
};

/** English defines the shape: another catalogue with a missing or an extra word does not compile. */
export type CliWords = typeof words;
