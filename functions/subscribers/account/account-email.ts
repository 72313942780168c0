import type { Settings } from '../../settings/settings.ts';
import { mailsWords } from '../../words/languages.ts';
import { confirmDays, manageMinutes } from '../reader-token.ts';
import { questionEmail } from '../requested-mails/question-email.ts';
import type { WriteAccountMail } from './account-mail.ts';

/** The mails behind the page of one's own subscription, in the dress of the confirmation mail. */
export const accountEmail =
  (settings: Settings, publicOrigin: string): WriteAccountMail =>
  async (kind, locale, url) => {
    const name = settings.newsletterName;
    const { manage, move } = mailsWords[locale];
    const says = {
      manage: {
        ...manage,
        subject: manage.subject({ name }),
        expiry: manage.expiry({ minutes: manageMinutes }),
        who: manage.who({ name }),
      },
      move: {
        ...move,
        subject: move.subject({ name }),
        ask: move.ask({ name }),
        expiry: move.expiry({ days: confirmDays }),
        who: move.who({ name }),
      },
    };
    return questionEmail({ ...says[kind], locale, url }, settings, publicOrigin);
  };
