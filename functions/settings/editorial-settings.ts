import * as z from 'zod';
import { Brand } from '../../emails/brand.ts';
import { MailTemplates } from '../../emails/mail-templates.ts';
import { closedDirection } from '../platform/closed-direction.ts';
import { languages } from '../words/languages.ts';
import { deskLocales, readerLocales } from '../words/locale.ts';
import { LimitsSetting } from './limits-setting.ts';
import { ScheduleSetting } from './schedule-setting.ts';

const TopicName = z.string().trim().min(1).max(40).overwrite(closedDirection);
const Topic = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'lower-case letters, digits and hyphens, such as robotics')
    .meta({ description: 'The name in issue files and in the list of readers. Readers keep their choice by it.' }),
  name: z
    .union([
      TopicName,
      z
        .partialRecord(z.enum(readerLocales), TopicName)
        .refine((names) => Object.keys(names).length > 0, { error: 'a name in at least one language' }),
    ])
    .meta({
      description:
        'The name that readers see: one for all languages, or one for each language. If a language has none, its readers see the name in another language that they understand.',
    }),
});

const TimeZone = z.string().refine(isTimeZone, { error: 'an IANA time zone such as Asia/Shanghai' });
const HttpsAddress = z
  .url({ protocol: /^https$/, error: 'an address that begins with https://' })
  .regex(/^\P{C}*$/u, 'an address without hidden characters');
const ReadAddress = z.email('an address that people read');
/** Goes into headers as it is, so nothing but a host and a port may be in it. */
const SiteOrigin = z
  .string()
  .toLowerCase()
  .regex(
    /^(?:https:\/\/(?:[a-z0-9-]{1,63}\.){1,8}[a-z0-9-]{2,63}|http:\/\/localhost)(?::\d{1,5})?$/,
    'the beginning of an address, such as https://www.example.org, without a path',
  );

const identity = 'PIPL Art. 17 and GDPR Art. 13: readers are told who handles their data and how to reach them.';

/** What an editorial team decides about its newsletter. `docs/settings.md` is made from these descriptions. */
export const EditorialSettings = z.strictObject({
  newsletterName: z.string().min(1).max(80).overwrite(closedDirection).meta({
    description: 'The name of the newsletter, on every page and in every mail.',
    example: 'Harbour Weekly',
  }),
  description: z.string().max(300).overwrite(closedDirection).default('').meta({
    description: 'One line about the newsletter, for the sign-up page and the feeds.',
    example: 'Every Friday, the week at sea in one mail.',
  }),
  locale: z
    .enum(deskLocales)
    .default('zh-CN')
    .meta({
      description: `The language of the editors: of the desk, of notices to editors, and of issues that name no language. Readers choose their own among ${new Intl.ListFormat('en-GB').format(readerLocales)}.`,
      example: 'en',
    }),
  timeZone: TimeZone.default('Asia/Shanghai').meta({
    description:
      'The time zone of the newsletter. It holds for the schedule, for the weeks in statistics, and for times on pages and in notices.',
    example: 'Europe/Berlin',
  }),
  schedule: ScheduleSetting.default({ every: 'week', on: ['friday'], time: '09:00' }).meta({
    description:
      'When the digest of the queued issues goes out: on one or more days of every week, every day, every working day, every two weeks, or once a month.',
    example: { every: 'month', on: 'first friday', time: '07:30' },
  }),
  legalName: z.string().min(1).max(200).overwrite(closedDirection).meta({
    description: 'The legal name of the publisher. It is at the foot of every page and mail, and in the consent text.',
    example: 'Harbour Press Ltd.',
    law: identity,
  }),
  postalAddress: z.string().min(1).max(300).overwrite(closedDirection).meta({
    description: 'The postal address of the publisher, at the foot of every page and mail.',
    example: '1 Quay Street, 20457 Hamburg, Germany',
    law: 'CAN-SPAM, 15 U.S.C. 7704(a)(5): commercial mail has a valid postal address.',
  }),
  contact: ReadAddress.meta({
    description:
      'The address at which readers reach the publisher. People must read its mail. Alarms go there too, and so do notices while `noticesTo` is not set.',
    example: 'editors@example.org',
    law: identity,
  }),
  privacyNotice: HttpsAddress.meta({
    description: 'The page that says what happens to readers’ data. Sign-up pages and mails link to it.',
    example: 'https://www.example.org/privacy',
    law: 'PIPL Art. 17, GDPR Art. 13.',
  }),
  replyTo: ReadAddress.meta({
    description: 'Where replies to mails go.',
    example: 'editors@example.org',
  }),
  replyAddresses: z
    .array(ReadAddress)
    .max(50)
    .default([])
    .meta({
      description:
        'Addresses that an issue file may name in `reply_to`. Addresses on the domains of the senders need not be listed. Replies go to the named address if the issue goes out alone.',
      example: ['ada@example.org'],
    }),
  unsubscribeMailbox: ReadAddress.optional().meta({
    description:
      'A mailbox for requests to unsubscribe. You read every mail that comes to it as such a request. If it is set, mails offer it beside the one-click link (RFC 2369, RFC 8058). Without it they offer the link alone.',
    example: 'leave@example.org',
  }),
  advertising: z.boolean().default(false).meta({
    description: 'Whether every subject is marked as advertising. Set it if what you send is commercial.',
    example: true,
    law: 'China’s Measures for the Administration of Internet E-mail Services, Art. 13: subjects of commercial mail begin with 广告 or AD.',
  }),
  askTransferAbroad: z.boolean().optional().meta({
    description:
      'Whether the sign-up form asks for consent to the transfer of data abroad. The question has a box of its own, which is not ticked. If this is not set, `locale` decides: with zh-CN the form asks.',
    example: true,
    law: 'PIPL Art. 39: separate consent before personal information goes abroad.',
  }),
  topics: z
    .array(Topic)
    .max(12)
    .refine((topics) => new Set(topics.map(({ id }) => id)).size === topics.length, { error: 'topics whose ids differ' })
    .default([])
    .meta({
      description: 'The topics that readers may choose from, at most twelve. An issue that names no topic goes to everybody.',
      example: [{ id: 'ships', name: { 'zh-CN': '船舶', en: 'Ships' } }],
    }),
  welcomeMail: z.boolean().default(false).meta({
    description: 'Whether a reader who has confirmed gets a welcome mail, which links to the newest issue.',
    example: true,
  }),
  brand: Brand.optional().meta({
    description: 'Colours, logo, masthead and footer of the mails. What you leave out keeps its default.',
    example: { colours: { light: { accent: '#0b5c8a' } }, masthead: 'News from the water' },
  }),
  mailTemplates: MailTemplates.optional().meta({
    description:
      'Templates for subjects and preheaders. `{{…}}` is a placeholder, which is filled in. A part in `[[ ]]` is left out when a placeholder in it is empty. A template has the same words for readers of every language; without one, each mail has the default words of its own language.',
    example: { subject: '[[{{newsletter}} no. {{number}}: ]]{{title}}' },
  }),
  foldItemsAbove: z.number().int().min(0).max(1_000).optional().meta({
    description:
      'How many items a mail of several issues may have with their whole text. If it has more, each item is shown as its first words and a link. Without this setting, items stay whole as far as the mail has room.',
    example: 20,
  }),
  holdMinutes: z.number().int().min(0).max(120).default(5).meta({
    description:
      'How many minutes a digest of the schedule waits after its time, so that an editor can still cancel it. The digest is already frozen and rendered while it waits.',
    example: 15,
  }),
  undoMinutes: z.number().int().min(0).max(15).default(1).meta({
    description:
      'How many minutes an issue waits when it is ready, if it is sent now or scheduled for a moment of its own. During this time an editor can still cancel it, before anybody gets it.',
    example: 5,
  }),
  canary: z.enum(['when needed', 'always', 'never']).default('when needed').meta({
    description:
      'Whether a digest is mailed to fifty readers first. The others get it when those mails were delivered, after one to ten minutes. It is needed for a first digest, after an import, after ninety days without a digest, and when over a tenth of the readers are new. It is never needed for a list under 100.',
    example: 'always',
  }),
  dailyLimit: z.number().int().min(100).optional().meta({
    description:
      'How many mails may go out in 24 hours, if that is less than SES allows. Set it for a new domain, which mailbox providers do not trust yet, and raise it every few days. A twentieth of it is kept for confirmations. A digest that needs more continues the next day by itself. Without this setting, the quota of SES is the limit.',
    example: 2000,
  }),
  resendWithoutEvidence: z.enum(['after 30 minutes', 'never']).default('after 30 minutes').meta({
    description:
      'What happens to a mail for which SES never answered. By default it is sent again if no event of SES has shown within half an hour that it was sent, and only if events are proven to arrive. With `never` it waits for an editor, and no fault can cause a duplicate.',
    example: 'never',
  }),
  catchUpHours: z.number().min(0).max(48).default(6).meta({
    description:
      'How many hours late a missed slot or a scheduled issue may still be sent. A slot that is later than this is only reported. An issue that is later waits for an editor.',
    example: 12,
  }),
  testReaders: z
    .array(ReadAddress)
    .max(20)
    .default([])
    .meta({
      description: 'Addresses to which test mails may go. An editor who asks for a test mail can always get it.',
      example: ['proofreader@example.org'],
    }),
  noticesTo: z
    .array(ReadAddress)
    .max(20)
    .optional()
    .meta({
      description:
        'Who gets notices about digests, such as the one about what will go out tomorrow, and the delivery report. Without this setting they go to `contact`, and with `[]` to nobody.',
      example: ['desk@example.org'],
    }),
  formOrigins: z
    .array(SiteOrigin)
    .max(20)
    .default([])
    .meta({
      description:
        'Your own sites with a sign-up form. They may show it in a frame, sign readers up from a script (CORS), and have readers sent back to them after a sign-up. A plain form works on any site without this setting.',
      example: ['https://www.example.org'],
    }),
  limits: LimitsSetting.prefault({}).meta({
    description:
      'Limits on sign-ups, so that strangers cannot flood mailboxes through the form. Only sign-ups that nobody has confirmed count.',
    example: { perNetwork: 50, overall: 500 },
  }),
});
export type EditorialSettings = z.infer<typeof EditorialSettings>;

/** Whether the sign-up form asks for consent to transfer abroad. */
export const asksTransferAbroad = (settings: Pick<EditorialSettings, 'askTransferAbroad' | 'locale'>) =>
  settings.askTransferAbroad ?? languages[settings.locale].asksTransferAbroad;

function isTimeZone(zone: string) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
