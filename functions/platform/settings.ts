import * as z from 'zod';
import { Brand } from '../../emails/brand.ts';
import { MailTemplates } from '../../emails/mail-templates.ts';
import { LimitsSetting } from './limits-setting.ts';

const Weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

/** `Name <address>` as one object; the address is ASCII, because SES takes no other. */
const Sender = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[^\r\n]*$/, 'a name on one line'),
  address: z.email('an address such as weekly@news.example.org'),
});

const TopicName = z.string().trim().min(1).max(40);
const Topic = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'lower-case letters, digits and hyphens, such as robotics'),
  name: z.union([TopicName, z.strictObject({ 'zh-CN': TopicName, 'zh-TW': TopicName.optional(), en: TopicName })]),
});

const TimeZone = z.string().refine(isTimeZone, { error: 'an IANA time zone such as Asia/Shanghai' });
const HttpsAddress = z.url({ protocol: /^https$/, error: 'an address that begins with https://' });

/**
 * What an editorial team decides about its newsletter. Checked when the app is synthesised, then bundled with every
 * function as `settings.json`.
 */
export const Settings = z.strictObject({
  newsletterName: z.string().min(1).max(80),
  /** One line for the sign-up page and the feeds. */
  description: z.string().max(300).default(''),
  /** The host of all public pages and links, e.g. `news.example.org`; without it they carry the distribution's domain. */
  publicHost: z.hostname('a host name such as news.example.org, without https://').optional(),
  /** An ACM certificate of `publicHost`, in us-east-1, where CloudFront looks for it. */
  certificateArn: z
    .string()
    .regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'the ARN of an ACM certificate in us-east-1')
    .optional(),
  sender: Sender,
  /** Confirmation mails have a sender of their own, so that a complaint about one does not hurt the other. */
  confirmationSender: Sender,
  replyTo: z.email('an address that people read'),
  legalName: z.string().min(1).max(200),
  postalAddress: z.string().min(1).max(300),
  contact: z.email('an address that people read'),
  privacyNotice: HttpsAddress,
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  timeZone: TimeZone.default('Asia/Shanghai'),
  schedule: z
    .strictObject({ weekday: Weekday, time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:00') })
    .default({ weekday: 'friday', time: '09:00' }),
  /** A mailbox that people read, for `List-Unsubscribe: <mailto:…>`; without it only the https link is sent. */
  unsubscribeMailbox: z.email('an address that people read').optional(),
  /** Marks every subject as advertising, as Chinese law asks of commercial mail. */
  advertising: z.boolean().default(false),
  /** What readers may choose to read about; an issue that names none of them is for everybody. */
  topics: z
    .array(Topic)
    .max(12)
    .refine((topics) => new Set(topics.map(({ id }) => id)).size === topics.length, { error: 'topics whose ids differ' })
    .default([]),
  /** Whether a reader who has confirmed is welcomed by a mail, with the newest issue to read. */
  welcomeMail: z.boolean().default(false),
  /** Colours, logo, masthead and footer of the mails. */
  brand: Brand.optional(),
  /** How subjects and preheaders are made; the words that ship where a template is left out. */
  mailTemplates: MailTemplates.optional(),
  /** A separate unticked box for transfer abroad (PIPL Art. 39); on by default for zh-CN. */
  askTransferAbroad: z.boolean().optional(),
  /**
   * What happens to positions that SES never answered for: sent again after half an hour without evidence, once the event
   * channel is proven to work; or never, until an editor says so. With `never` no fault makes a duplicate.
   */
  resendWithoutEvidence: z.enum(['after 30 minutes', 'never']).default('after 30 minutes'),
  /** How long the weekly digest waits after its time, frozen and rendered, so that it can still be called off. */
  holdMinutes: z.number().int().min(0).max(120).default(5),
  /**
   * Whether a digest's first orders go out alone and are watched for ten minutes. Needed: for a first digest, after an import,
   * when over a tenth of the audience is new; never for lists under 1,000.
   */
  canary: z.enum(['when needed', 'always', 'never']).default('when needed'),
  /** A slot that was missed, because nothing ran, is caught up for this many hours; later it is only reported. */
  catchUpHours: z.number().min(0).max(48).default(6),
  /** Whom test mails may go to besides the editor who asks for one. */
  testReaders: z.array(z.email('an address that people read')).max(20).default([]),
  /** Whom mails about digests go to, such as what will go out and the receipt; without it `contact`, and nobody for `[]`. */
  noticesTo: z.array(z.email('an address that people read')).max(20).optional(),
  /** Against bombs of confirmation mails. */
  limits: LimitsSetting.prefault({}),
  /** How many copies of one queue's worker may run at once; the sum over queues stays under new accounts' limits. */
  maxConcurrency: z.number().int().min(2).max(50).default(2),
});

export type Settings = z.infer<typeof Settings>;

/** Whether the sign-up form asks for consent to transfer abroad. */
export const asksTransferAbroad = (settings: Settings) => settings.askTransferAbroad ?? settings.locale === 'zh-CN';

function isTimeZone(zone: string) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
