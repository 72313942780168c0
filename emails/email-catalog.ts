import * as z from 'zod';

const shared = {
  /** BCP 47: the language the mail is written in. */
  language: z.string().min(2),
  subject: z.string().min(1),
  preheader: z.string(),
  newsletter: z.string().min(1),
  homeUrl: z.url(),
  legalName: z.string().min(1),
  postalAddress: z.string().min(1),
  contact: z.string().min(3),
  contactWords: z.string().min(1),
  privacyUrl: z.url(),
  privacyWords: z.string().min(1),
};

const link = z.string().min(1);

/** The head of a mail to readers: the brand's logo, or the name in words. */
const nameplate = {
  logoUrl: z.union([z.literal(''), z.url()]),
  logoWidth: z.string(),
  logoHeight: z.string(),
  nameInWords: z.string(),
  mastheadWords: z.string(),
};

/** The foot of a mail to readers, in their language: why they get it, how to leave, who writes. */
const foot = {
  readerLanguage: z.string().min(2),
  /** Which way they are written, where the mail is written the other way; else empty. */
  readerDirection: z.string(),
  /** A font stack for the words in the reader's language, which may be of another script than the issue. */
  readerFont: z.string().min(1),
  why: z.string().min(1),
  footerWords: z.string(),
  unsubscribeUrl: link,
  unsubscribeWords: z.string().min(1),
  preferencesUrl: link,
  preferencesWords: z.string().min(1),
};

/** Every email we send, with what its template asks for. Placeholders that may be empty drop out with the words around them. */
export const emailCatalog = {
  /** "Please confirm": nothing but the question, in the language of the page that was used. */
  confirmation: z.strictObject({
    ...shared,
    heading: z.string().min(1),
    ask: z.string().min(1),
    confirmUrl: z.url(),
    buttonWords: z.string().min(1),
    linkWords: z.string().min(1),
    expiry: z.string().min(1),
    ignore: z.string().min(1),
    who: z.string().min(1),
  }),
  /** To a reader who has just confirmed, where the settings ask for it: what they will get, and what there is to read already. */
  welcome: z.strictObject({
    ...shared,
    ...nameplate,
    ...foot,
    heading: z.string().min(1),
    lead: z.string().min(1),
    newestUrl: z.union([z.literal(''), z.url()]),
    newestTitle: z.string(),
    newestLanguage: z.string(),
    newestWords: z.string().min(1),
    archiveUrl: z.url(),
    archiveWords: z.string().min(1),
    keep: z.string().min(1),
    reply: z.string().min(1),
  }),
  /** To the editors, about a digest: `paragraphs`, `tables`, `list` and `advice` are markup made of `components/notices/`. */
  'notices/notice': z.strictObject({
    language: shared.language,
    subject: shared.subject,
    preheader: shared.preheader,
    newsletter: shared.newsletter,
    homeUrl: shared.homeUrl,
    kind: z.string().min(1),
    heading: z.string().min(1),
    paragraphs: z.string().min(1),
    tables: z.string(),
    list: z.string(),
    advice: z.string(),
    buttonUrl: z.url(),
    buttonWords: z.string().min(1),
    why: z.string().min(1),
  }),
  /** A digest of one issue or of several: `body` is MJML made of `components/`, the reader's links are placeholders of theirs. */
  digest: z.strictObject({
    ...shared,
    ...nameplate,
    ...foot,
    body: z.string(),
    number: z.string(),
    date: z.string().min(1),
    dateLanguage: z.string().min(2),
    webUrl: z.url(),
    webWords: z.string().min(1),
    replyWords: z.string().min(1),
  }),
} as const;

export type EmailName = keyof typeof emailCatalog;
export type EmailPlaceholders<Name extends EmailName> = z.infer<(typeof emailCatalog)[Name]>;
