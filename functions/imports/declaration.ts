import * as z from 'zod';
import { Actor } from '../access/principal.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { deskLocales } from '../words/locale.ts';

/** An editor's word that these people asked for the newsletter: which words, in which language, who said so when. */
export const Declaration = z.object({
  wording: z.string(),
  locale: z.enum(deskLocales),
  /** Where and how they signed up, in the editor's own words. */
  origin: z.string(),
  by: Actor,
  at: z.iso.datetime(),
});
export type Declaration = z.infer<typeof Declaration>;

/** Names the words of every declaration (`declaration` in the catalogues). New words need a new version; a test holds the two together. */
export const declarationVersion = '2026-11-22';

export type FindDeclaration = (importId: string) => Promise<Declaration | undefined>;

/** What was declared of an import that readers' consent refers to. */
export const declarations =
  (table: Table): FindDeclaration =>
  async (importId) => {
    const item = await table.get(keys.readerImport(importId));
    return item?.declaration === undefined ? undefined : Declaration.parse(item.declaration);
  };
