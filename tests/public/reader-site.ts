import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { FeedbackLog } from '../../functions/feedback/feedback-log.ts';
import { declarations } from '../../functions/imports/declaration.ts';
import { IssueStore } from '../../functions/issues/issue-store.ts';
import { MailboxHosts, type MailServer } from '../../functions/mail/mailbox-hosts.ts';
import type { OutgoingMessage, SubmitOutcome } from '../../functions/mail/mailer.ts';
import { isOut } from '../../functions/mail/outage.ts';
import type { Announcement } from '../../functions/platform/announcement.ts';
import type { HttpRequest, HttpResponse } from '../../functions/platform/http.ts';
import { keyRing } from '../../functions/platform/sealing/read-key-ring.ts';
import type { Table } from '../../functions/platform/table.ts';
import { formStamp } from '../../functions/public/guard/form-stamp.ts';
import { ProofOfWork } from '../../functions/public/guard/proof-of-work.ts';
import { WaitingPlaces } from '../../functions/public/guard/waiting-places.ts';
import { refuseWith } from '../../functions/public/problem-page.ts';
import { publicRoutes } from '../../functions/public/public-routes.ts';
import { signUpWords } from '../../functions/public/sign-up-form.ts';
import { Settings } from '../../functions/settings/settings.ts';
import { accountEmail } from '../../functions/subscribers/account/account-email.ts';
import { type AccountMailMessage, sendAccountMail } from '../../functions/subscribers/account/account-mail.ts';
import { type AccountMail, ReaderAccount } from '../../functions/subscribers/account/reader-account.ts';
import { AuditLog } from '../../functions/subscribers/audit-log.ts';
import { confirmationEmail } from '../../functions/subscribers/confirmation-email.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { ConsentWordings } from '../../functions/subscribers/consent-wordings.ts';
import { MailboxLimit } from '../../functions/subscribers/limits/mailbox-limit.ts';
import { SecondLinkLimit } from '../../functions/subscribers/limits/second-link-limit.ts';
import { SignUpLimits } from '../../functions/subscribers/limits/sign-up-limits.ts';
import type { ConfirmationMessage } from '../../functions/subscribers/requested-mails/confirmation-message.ts';
import { sendConfirmation } from '../../functions/subscribers/send-confirmation.ts';
import { subscriberId } from '../../functions/subscribers/subscriber-id.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { releaseLine } from '../../functions/subscribers/waiting-line/release-line.ts';
import { WaitingLine } from '../../functions/subscribers/waiting-line/waiting-line.ts';
import { sendWelcome, type Welcome } from '../../functions/subscribers/welcome/send-welcome.ts';
import { welcomeEmail } from '../../functions/subscribers/welcome/welcome-email.ts';
import type { WelcomeMessage } from '../../functions/subscribers/welcome/welcome-message.ts';
import { Announcements } from '../../functions/webhooks/announcements.ts';
import type { ReaderLocale } from '../../functions/words/locale.ts';

const origin = 'https://news.example.org';
const notFound = () => Promise.reject(Object.assign(new Error('no such domain'), { code: 'ENOTFOUND' }));

export const someSettings = (changes: object = {}) =>
  Settings.parse({
    newsletterName: 'Harbour Letter',
    sender: { name: 'Harbour Letter', address: 'weekly@news.example.org' },
    confirmationSender: { name: 'Harbour Letter', address: 'confirm@news.example.org' },
    replyTo: 'editors@example.org',
    legalName: 'Harbour Press Ltd',
    postalAddress: '1 Quay Street, Bristol',
    contact: 'contact@example.org',
    privacyNotice: 'https://example.org/privacy',
    locale: 'en',
    ...changes,
  });

/** What the distribution and the readers' face share. */
const originKey = 'o'.repeat(64);

type Asked = {
  from?: string;
  accept?: string;
  language?: string;
  type?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
};

/** A mail as its writer made it: the link it is about, and its parts. */
type Written = { confirmUrl: string; locale: string; subject: string; html: string; text: string };

type SiteOptions = { realMails?: boolean; clock?: () => Date; proofs?: Pick<ProofOfWork, 'challenge' | 'redeem'> };

/** The readers' face over a table, with a clock of its own and a post office that keeps what it is given. */
export function readerSite(table: Table, changes: object = {}, { realMails = false, clock, proofs: otherProofs }: SiteOptions = {}) {
  let time = new Date('2026-11-20T08:00:00Z');
  const now = clock ?? (() => time);
  const settings = someSettings(changes);
  const ring = keyRing(JSON.stringify({ current: 'k1', k1: 'k'.repeat(64) }));
  const site = {
    origin,
    settings,
    region: 'ap-southeast-1',
    formStamp: (options?: { cached: boolean }) => formStamp(ring, now(), options),
  };
  const subscribers = new SubscriberStore(table);
  const consents = new ConsentLog(table);
  const wordings = new ConsentWordings(table);
  const account = new ReaderAccount(table);
  const tombstones = new Tombstones(table);
  const queued: (ConfirmationMessage | AccountMailMessage)[] = [];
  const welcoming: WelcomeMessage[] = [];
  const mails: (OutgoingMessage & Written)[] = [];
  const outcomes: SubmitOutcome[] = [];
  let written: Written = { confirmUrl: '', locale: '', subject: '', html: '', text: '' };
  const stub = (url: string) => ({ subject: 'Confirm', html: `<a href="${url}">Yes</a>`, text: url });
  const services = {
    subscribers,
    account,
    consents,
    limit: new MailboxLimit(table, ring, settings.limits),
    identityKey: 'identity',
    ring,
    settings,
    publicOrigin: origin,
    now,
    pace: { turn: async () => {} },
    writeConfirmation: async (locale: ReaderLocale, confirmUrl: string, about?: { last?: boolean }) => {
      const mail = realMails ? await confirmationEmail(settings, origin)(locale, confirmUrl, about) : stub(confirmUrl);
      written = { confirmUrl, locale, ...mail };
      return mail;
    },
    writeAccountMail: async (kind: AccountMail, locale: ReaderLocale, url: string) => {
      const mail = realMails ? await accountEmail(settings, origin)(kind, locale, url) : stub(url);
      written = { confirmUrl: url, locale, ...mail };
      return mail;
    },
    writeWelcome: async (welcome: Welcome) => {
      const mail = await welcomeEmail(settings, origin)(welcome);
      written = { confirmUrl: '', locale: welcome.locale, ...mail };
      return mail;
    },
    mailer: {
      submit: async (messages: readonly OutgoingMessage[], turn: () => Promise<unknown>) => {
        await turn();
        const outcome = outcomes.shift() ?? { kind: 'submitted', messageId: 'm' };
        if (outcome.kind === 'submitted') mails.push(...messages.map((message) => ({ ...message, ...written })));
        return messages.map(() => outcome);
      },
    },
  };
  const proofs = otherProofs ?? new ProofOfWork(ring, table);
  const places = new WaitingPlaces(ring, table);
  const limits = new SignUpLimits(table, settings.limits);
  let broken = 0;
  const confirmations = {
    send: async (message: ConfirmationMessage | AccountMailMessage) => {
      if (broken-- > 0) throw new Error('The queue does not answer');
      queued.push(message);
    },
    sendAll: async () => {},
  };
  const welcomes = { send: async (message: WelcomeMessage) => void welcoming.push(message) };
  /** By domain, what its MX records name. */
  const mailServers = new Map<string, MailServer[]>();
  const issues = new IssueStore(table);
  const digests = new DigestStore(table);
  const ledger = new Ledger(table);
  const announcements = new Announcements(table);
  const routes = publicRoutes(async () => ({
    site,
    ring,
    subscribers,
    hosts: new MailboxHosts({ table, resolve: async (domain) => mailServers.get(domain) ?? notFound(), now }),
    account,
    tombstones,
    consents,
    issues,
    digests,
    ledger,
    feedback: new FeedbackLog(table),
    audit: new AuditLog(table),
    declarationOf: declarations(table),
    secondLinks: new SecondLinkLimit(table, ring),
    line: new WaitingLine(table, now),
    confirmations,
    limits,
    originKey,
    proofs,
    places,
    wordings,
    proofScript: async () => undefined,
    isOut: () => isOut(table),
    welcomes,
    announce: (what: Announcement) => announcements.announce(what, now()),
    now,
  }));
  const refuse = refuseWith(async () => site);

  async function ask(
    method: string,
    address: string,
    { from = '198.51.100.1', accept = 'text/html', language = 'en', type, body = '', headers = {} }: Asked = {},
  ) {
    const url = new URL(address, origin);
    const request: HttpRequest = {
      method,
      path: url.pathname,
      params: {},
      query: url.searchParams,
      headers: { accept, 'accept-language': language, ...(type && { 'content-type': type }), ...throughDistribution(from), ...headers },
      body: Buffer.from(body),
      sourceAddress: '192.0.2.1',
    };
    const known = routes.filter((route) => route.method === (method === 'HEAD' ? 'GET' : method));
    const route = known.find(({ path }) => path === url.pathname) ?? known.find(({ path }) => paramsOf(path, url.pathname));
    try {
      return textOf(route ? await route.endpoint({ ...request, params: paramsOf(route.path, url.pathname) ?? {} }) : { status: 404 });
    } catch (error) {
      return textOf(await refuse(error, request));
    }
  }

  const work = async () => {
    const answers = [];
    for (const message of queued.splice(0))
      answers.push('kind' in message ? await sendAccountMail(message, services) : await sendConfirmation(message, services));
    for (const message of welcoming.splice(0)) answers.push(await sendWelcome(message, services));
    return answers;
  };

  /** What the watch does once a minute: at 14 mails a second, sixty of those in the waiting line are on their queue. */
  const release = () =>
    releaseLine({
      line: new WaitingLine(table, now),
      requests: confirmations as never,
      rate: async () => 14,
      limits: settings.limits,
      now,
    });

  /** Signs up and opens the post: the link of the mail. */
  async function signUp(email = 'ada@example.org', locale = 'en') {
    await ask('POST', '/subscribe', { accept: '*/*', type: 'application/json', body: JSON.stringify({ email, locale }) });
    await work();
    return mails.at(-1)?.confirmUrl ?? '';
  }

  return {
    ask,
    work,
    release,
    signUp,
    queued,
    mails,
    outcomes,
    mailServers,
    ring,
    settings,
    limits,
    account,
    consents,
    issues,
    digests,
    ledger,
    erasing: { tombstones, consents, announce: async () => undefined, now },
    idOf: (email: string) => subscriberId('identity', email),
    find: (email: string) => subscribers.find(subscriberId('identity', email)),
    suppress: (email: string, reason: 'bounce' | 'complaint' = 'bounce') =>
      subscribers.suppress(subscriberId('identity', email), reason, time),
    unsubscribe: (email: string) => subscribers.unsubscribe(subscriberId('identity', email), time, 'page'),
    erase: (email: string) => tombstones.erase(subscriberId('identity', email), time),
    breakQueue: (times: number) => {
      broken = times;
    },
    contents: async (prefix: string) => {
      const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
      const items = Items.map((item) => unmarshall(item)).filter(({ pk }) => String(pk).startsWith(prefix));
      return { items, keys: items.map(({ pk, sk }) => `${pk}#${sk}`) };
    },
    wordings,
    /** The hidden fields of our own form that has been open for a while. */
    ownForm: (locale: ReaderLocale = 'en') => ({
      page: 'sign-up',
      locale,
      stamp: formStamp(ring, new Date(time.getTime() - 10_000)),
      wording: signUpWords(site, locale).version,
    }),
    afterMinutes: (minutes: number) => {
      time = new Date(time.getTime() + minutes * 60_000);
    },
    after: (days: number) => {
      time = new Date(time.getTime() + days * 86_400_000);
    },
  };
}

export type ReaderSite = ReturnType<typeof readerSite>;

const throughDistribution = (address: string) => ({ 'cloudfront-viewer-address': `${address}:4711`, 'x-origin-key': originKey });

const textOf = ({ status, headers = {}, body = '' }: HttpResponse) => ({ status, headers, text: Buffer.from(body).toString() });

const paramsOf = (pattern: string, path: string) => new RegExp(`^${pattern.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path)?.groups;
