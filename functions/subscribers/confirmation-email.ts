import type { Settings } from '../settings/settings.ts';
import { languages, mailsWords } from '../words/languages.ts';
import { limitDays } from './limits/mailbox-limit.ts';
import { confirmDays } from './reader-token.ts';
import { type QuestionWords, questionEmail } from './requested-mails/question-email.ts';
import type { WriteConfirmation } from './send-confirmation.ts';

/** The "please confirm" mail: nothing but the question and its link. The same for everybody, whatever we know of them. */
export const confirmationEmail =
  (settings: Settings, publicOrigin: string): WriteConfirmation =>
  async (locale, url, { occasion = 'sign-up', last = false } = {}) => {
    const name = settings.newsletterName;
    const { lastOne, ...confirmation } = mailsWords[locale].confirmation;
    const { askedOnce } = mailsWords[locale];
    const days = last ? limitDays : confirmDays;
    const lasts = confirmation.expiry({ days });
    const signUp: QuestionWords = {
      ...confirmation,
      subject: confirmation.subject({ name }),
      ask: confirmation.ask({ name, host: new URL(publicOrigin).host }),
      expiry: last ? `${lasts}${languages[locale].sentenceSpace}${lastOne({ days })}` : lasts,
      who: confirmation.who({ name }),
    };
    // Who is on an earlier list did not ask for this mail, and is asked once.
    const says = occasion === 'import' ? { ...signUp, ...askedOnce, ask: askedOnce.ask({ name }), who: askedOnce.who({ name }) } : signUp;
    return questionEmail({ ...says, locale, url }, settings, publicOrigin);
  };
