import type { OutgoingMessage } from '../../functions/mail/mailer.ts';
import { keyRing } from '../../functions/platform/sealing/read-key-ring.ts';
import { confirmationEmail } from '../../functions/subscribers/confirmation-email.ts';
import type { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { sendConfirmation } from '../../functions/subscribers/send-confirmation.ts';
import type { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { sendWelcome } from '../../functions/subscribers/welcome/send-welcome.ts';
import { welcomeEmail } from '../../functions/subscribers/welcome/welcome-email.ts';
import { type ReaderLocale, readerLocales } from '../../functions/words/locale.ts';
import { sampleSettings } from './sample-settings.ts';

/** The mails to one reader about their subscription, in each language. */
export const goldenLetters = (['confirmation', 'welcome'] as const).flatMap((kind) =>
  readerLocales.map((locale) => ({ kind, locale, name: `${kind}-${locale}` })),
);

const publicOrigin = 'https://news.example.org';
const now = () => new Date('2026-11-27T01:00:00Z');
const ring = keyRing(JSON.stringify({ current: 'k1', k1: 'only for the mails that are kept'.padEnd(64, '.') }));
const inEnglish = {
  newsletterName: 'Plain Circuits',
  legalName: 'Example Press Ltd.',
  postalAddress: '1 Sample Street, Sampleton, SA1 2PL',
  sender: { name: 'Plain Circuits', address: 'weekly@news.example.org' },
  confirmationSender: { name: 'Plain Circuits', address: 'hello@confirm.example.org' },
  locale: 'en' as const,
};
const newest = {
  en: { slug: 'small-tools', title: 'Small tools that outlive their authors', language: 'en' },
  zh: { slug: 'he-bian-12', title: '阳台上的第一茬番茄，和楼下的堆肥箱', language: 'zh-CN' },
};

/** Written, composed and handed over by the product's own code. */
export async function goldenLetter({ kind, locale }: { kind: 'confirmation' | 'welcome'; locale: ReaderLocale }) {
  const settings = sampleSettings(locale === 'en' ? inEnglish : {});
  const reader = { id: '0123456789abcdef0123456789abcdef', address: 'ada@example.org', locale, topics: [], nonce: 'ab'.repeat(12) };
  const sent: OutgoingMessage[] = [];
  const services = {
    settings,
    publicOrigin,
    ring,
    now,
    identityKey: 'identity',
    pace: { turn: async () => {} },
    writeConfirmation: confirmationEmail(settings, publicOrigin),
    writeWelcome: welcomeEmail(settings, publicOrigin),
    consents: { record: async () => {} } as unknown as ConsentLog,
    limit: { take: async () => ({ outcome: 'granted' as const, last: false }), keepLastLink: async () => undefined },
    subscribers: {
      signUp: async () => ({ ...reader, state: 'pending', signedUpAt: now().toISOString() }),
      find: async () => ({ ...reader, state: 'confirmed', confirmedAt: now().toISOString() }),
    } as unknown as SubscriberStore,
    mailer: {
      submit: async (messages: readonly OutgoingMessage[]) => {
        sent.push(...messages);
        return messages.map(() => ({ kind: 'submitted' as const, messageId: 'm' }));
      },
    },
  };
  if (kind === 'welcome') await sendWelcome({ kind, reader: reader.id, newest: locale === 'en' ? newest.en : newest.zh }, services);
  else
    await sendConfirmation(
      {
        id: 'request-1',
        email: reader.address,
        locale,
        topics: [],
        at: now().toISOString(),
        transferAbroad: false,
        wording: '',
        page: '/',
      },
      services,
    );
  const [mail] = sent;
  if (!mail) throw new Error(`no ${kind} was sent`);
  return { settings, from: mail.from, eml: Buffer.from(mail.raw) };
}
