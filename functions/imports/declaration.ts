import type { Locale } from '../platform/locale.ts';

/** Names the words below in every declaration. Whoever changes them gives them a new version; a test holds the two together. */
export const declarationVersion = '2026-11-22';

/** What an editor vouches for before anybody of a list becomes a reader. */
export const declarationWords: Record<Locale, string> = {
  'zh-CN':
    '我确认：名单上的人都曾主动要求收到这份电子报（或它的前身），我拿得出他们同意的证据；没有一个地址是买来、租来、交换来或从网上收集来的。',
  en: 'I confirm that the people on this list asked for this newsletter, or for the one it continues, and that I can show so. None of the addresses was bought, rented, swapped or collected from the web.',
};
