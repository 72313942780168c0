import * as z from 'zod';
import { slotsOf } from './fill-template.ts';

/** What an issue's mail can say of itself, and what one of several can. */
const slotsOfOne = ['newsletter', 'number', 'title', 'date', 'summary'];
const slotsOfSeveral = ['newsletter', 'title', 'titles', 'count', 'others', 'date'];

const template = (slots: readonly string[]) =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}]*$/u, 'one line')
    .refine((text) => slotsOf(text).every((slot) => slots.includes(slot)) && !/[{}]/.test(text.replace(/\{\{\w+\}\}/g, '')), {
      error: `a template of ${slots.map((slot) => `{{${slot}}}`).join(', ')}; a part in [[ ]] drops out when a slot in it is empty`,
    });

/**
 * Subjects and preheaders: `[[{{newsletter}} 第 {{number}} 期：]]{{title}}`. Settings are one language's, so a newsletter that
 * writes in two leaves them out and gets the words that ship in both.
 */
export const MailTemplates = z.strictObject({
  subject: template(slotsOfOne).optional(),
  preheader: template(slotsOfOne).optional(),
  subjectOfSeveral: template(slotsOfSeveral).optional(),
  preheaderOfSeveral: template(slotsOfSeveral).optional(),
});
export type MailTemplates = z.infer<typeof MailTemplates>;
