import type { Locale } from '../../../platform/locale.ts';
import { chinese } from './chinese.ts';
import { english, type Words } from './english.ts';

/** Everything the page says. */
export const words: Record<Locale, Words> = { en: english, 'zh-CN': chinese };
