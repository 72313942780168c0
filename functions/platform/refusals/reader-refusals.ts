import type { RefusalKind } from './refusal-kind.ts';

type Days = { days: number };
type Minutes = { minutes: number };

const askedAgain = {
  trap: 'homepage was filled in, which only programs do. Send the form again without it.',
  too_quick: 'The form was sent sooner after its stamp was made than a person types. Send it again.',
  stale: 'The stamp is not one of this newsletter, or is older than two days. Send the form again with a new one, or with none.',
};

/** Refusals of the readers' pages. Programs that use the same addresses get them as problem documents. */
export const readerRefusals = {
  form_too_large: {
    status: 413,
    detail: ({ bytes, most }: { bytes: number; most: number }) => `A form has at most ${most} bytes; this one has ${bytes}.`,
  },
  unsupported_form: { status: 415, detail: () => 'Send a form or application/json.' },
  /** `errors` says what is wrong with which field. */
  sign_up_invalid: {
    status: 400,
    detail: ({ fields }: { fields: readonly string[] }) => `The sign-up cannot be taken: look at ${fields.join(', ')}.`,
  },
  form_asked_again: {
    status: 400,
    detail: ({ why }: { why: 'trap' | 'too_quick' | 'stale' }) => askedAgain[why],
  },
  nothing_chosen: {
    status: 400,
    detail: ({ locales }: { locales: readonly string[] }) => `Choose a locale (${locales.join(', ')}), topics, pause, link or leave.`,
  },
  no_topic_left: { status: 400, detail: () => 'Choose at least one topic, or leave the newsletter.' },
  nothing_to_manage: { status: 400, detail: () => 'Send newAddress, download or erase.' },
  erasing_not_confirmed: { status: 400, detail: () => 'Send "sure": "yes" too: what is erased cannot be brought back.' },
  new_address_invalid: {
    status: 400,
    detail: ({ fault }: { fault: string }) => `newAddress is not an address that mail can be sent to: ${fault}.`,
  },
  same_address: { status: 400, detail: () => 'newAddress is the address that the newsletter goes to already.' },

  token_invalid: { status: 400, detail: () => 'This link is not one of this newsletter, or a part of it is missing.' },
  confirm_link_expired: {
    status: 410,
    detail: ({ days }: Days) => `This link was valid for ${days} days. Sign up again and a new one comes by mail.`,
  },
  move_link_expired: {
    status: 410,
    detail: ({ days }: Days) => `This link was valid for ${days} days. Ask for the change of address again and a new one comes by mail.`,
  },
  manage_link_expired: {
    status: 410,
    detail: ({ minutes }: Minutes) => `This link was valid for ${minutes} minutes. Ask for a new one on the page of your subscription.`,
  },
  manage_link_ended: {
    status: 410,
    detail: () =>
      'Since this link was mailed, the subscription has changed its address or started again. Ask for a new link from a mail to the present address.',
  },
  subscription_moved: {
    status: 410,
    detail: () =>
      'This subscription has another address now. This link still pauses it and ends it; all else takes a link of a newer mail.',
  },
  sign_up_ended: { status: 410, detail: () => 'The sign-up of this link has ended. Sign up again and a new link comes by mail.' },

  preview_link_invalid: { status: 400, detail: () => 'This preview link is not one of this newsletter, or a part of it is missing.' },
  preview_link_expired: { status: 410, detail: ({ days }: Days) => `A preview link works for ${days} days.` },
  issue_not_public: { status: 404, detail: () => 'There is no such issue, or it has not been sent yet.' },
  issue_taken_down: { status: 410, detail: () => 'The editors have taken this issue down.' },
  digest_not_public: { status: 404, detail: () => 'There is no such digest, or it has not been sent yet.' },
  digest_taken_down: { status: 410, detail: () => 'The editors have taken the issues of this digest down.' },

  proof_required: {
    status: 428,
    detail: () =>
      'Many are signing up just now. Solve this ALTCHA challenge, and send the same again with "proof": base64 of {"challenge", "solution"}.',
  },
  network_full: {
    status: 429,
    detail: ({ minutes }: Minutes) =>
      `Too many addresses from this network wait for their confirmation. Confirm those, or try again in ${minutes} minutes.`,
  },
  sign_ups_full: {
    status: 429,
    detail: ({ minutes }: Minutes) =>
      `More people wait for their confirmation mail than can be written to in a day. Try again in ${minutes} minutes.`,
  },
} satisfies Record<string, RefusalKind>;
