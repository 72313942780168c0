import { readEmailAddress } from '../../mail/email-address.ts';
import { suggestedAddress } from '../../mail/suggested-address.ts';
import type { Now } from '../../platform/clock.ts';
import type { KeyRing } from '../../platform/sealing/key-ring.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import type { Site } from '../page-layout.ts';
import { type SignUpForm, signUpWords } from '../sign-up-form.ts';
import type { AskAgain } from './ask-again.ts';
import { judgeStamp } from './form-stamp.ts';

/** The fields of our own form, as far as they decide whether it is asked for again. */
type OwnForm = {
  email: string;
  page?: string | undefined;
  stamp: string;
  wording: string;
  homepage: string;
  address?: string | undefined;
  offeredFor?: string | undefined;
};

type Services = { site: Site; ring: KeyRing; now: Now };

/** The button of a correction counts while the field still holds what it was offered for; else what the field says. */
export const chosenAddress = ({ email, address, offeredFor }: OwnForm) => (address && offeredFor === email ? address : email);

/**
 * A form on somebody's own site is a page that anybody may copy, so it proves nothing by itself, and has no stamp unless its site
 * asks for one. What it can tell is asked back: that a program filled in the field that nobody sees, and that the stamp it brings is
 * too young or too old. The limits hold for all forms alike.
 */
export function askOtherSite({ stamp, homepage }: Pick<OwnForm, 'stamp' | 'homepage'>, { site, ring, now }: Services) {
  if (homepage) return 'trap';
  const judged = stamp ? judgeStamp(ring, stamp, { now: now(), minimumSeconds: site.settings.limits.minimumFillSeconds }) : 'fine';
  return judged === 'fine' ? undefined : judged;
}

/** What is asked back before our own form is taken: to press again, or whether the address is meant so. */
export function askBack(
  form: OwnForm,
  { email, transferAbroad, locale }: { email: string; transferAbroad: string; locale: ReaderLocale },
  { site, ring, now }: Services,
): SignUpForm | undefined {
  // A fault of the address, or the box left unticked, is told first.
  if (form.page !== 'sign-up' || typeof readEmailAddress(email) === 'string' || transferAbroad === 'refused') return undefined;
  const kept = { email, transferAbroad: transferAbroad === 'given', stamp: form.stamp };
  const { minimumFillSeconds: minimumSeconds } = site.settings.limits;
  const stamp = judgeStamp(ring, form.stamp, { now: now(), minimumSeconds });
  const reworded = form.wording !== signUpWords(site, locale).version;
  const again: AskAgain | undefined = form.homepage ? 'trap' : stamp !== 'fine' ? stamp : reworded ? 'reworded' : undefined;
  if (again) return { ...kept, again, ...(again === 'stale' && { stamp: undefined }) };
  const meant = suggestedAddress(email);
  const insisted = form.address === email && form.offeredFor === form.email;
  return meant && !insisted ? { ...kept, suggestion: { typed: email, meant } } : undefined;
}
