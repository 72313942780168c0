import * as z from 'zod';
import { keys } from '../platform/keys.ts';
import { type Locale, locales } from '../platform/locale.ts';
import type { Table } from '../platform/table.ts';

/** An editor's word that these people asked for the newsletter: which words, in which language, who said so when. */
export const Declaration = z.object({
  wording: z.string(),
  locale: z.enum(locales),
  /** Where and how they signed up, in the editor's own words. */
  origin: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Declaration = z.infer<typeof Declaration>;

/** Names the words below in every declaration. Whoever changes them gives them a new version; a test holds the two together. */
export const declarationVersion = '2026-11-22';

/** What an editor vouches for before anybody of a list becomes a reader. */
export const declarationWords: Record<Locale, string> = {
  'zh-CN':
    '我确认：名单上的人都曾主动要求收到这份电子报（或它的前身），我拿得出他们同意的证据；没有一个地址是买来、租来、交换来或从网上收集来的。',
  en: 'I confirm that the people on this list asked for this newsletter, or for the one it continues, and that I can show so. None of the addresses was bought, rented, swapped or collected from the web.',
};

export type FindDeclaration = (importId: string) => Promise<Declaration | undefined>;

/** What was declared of an import that readers' consent refers to. */
export const declarations =
  (table: Table): FindDeclaration =>
  async (importId) => {
    const item = await table.get(keys.readerImport(importId));
    return item?.declaration === undefined ? undefined : Declaration.parse(item.declaration);
  };
