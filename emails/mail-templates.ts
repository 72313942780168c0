import * as z from 'zod';
import { closedDirection } from '../functions/platform/closed-direction.ts';
import { placeholdersOf } from './fill-template.ts';

/** What an issue's mail can say of itself, and what one of several can. */
const placeholdersOfOne = ['newsletter', 'number', 'title', 'date', 'summary'];
const placeholdersOfSeveral = ['newsletter', 'title', 'titles', 'count', 'others', 'date'];

const template = (placeholders: readonly string[]) =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}]*$/u, 'one line')
    .overwrite(closedDirection)
    .refine(
      (text) =>
        placeholdersOf(text).every((placeholder) => placeholders.includes(placeholder)) && !/[{}]/.test(text.replace(/\{\{\w+\}\}/g, '')),
      {
        error: `a template of ${placeholders.map((placeholder) => `{{${placeholder}}}`).join(', ')}; a part in [[ ]] drops out when a placeholder in it is empty`,
      },
    );

const fills = (placeholders: readonly string[]) => placeholders.map((placeholder) => `\`{{${placeholder}}}\``).join(', ');

/** Subjects and preheaders: `[[{{newsletter}} 第 {{number}} 期：]]{{title}}`. */
export const MailTemplates = z.strictObject({
  subject: template(placeholdersOfOne)
    .optional()
    .meta({ description: `The subject of a mail with one issue. Placeholders: ${fills(placeholdersOfOne)}.` }),
  preheader: template(placeholdersOfOne).optional().meta({ description: 'The preheader of that mail, with the same placeholders.' }),
  subjectOfSeveral: template(placeholdersOfSeveral)
    .optional()
    .meta({ description: `The subject of a mail with several issues. Placeholders: ${fills(placeholdersOfSeveral)}.` }),
  preheaderOfSeveral: template(placeholdersOfSeveral)
    .optional()
    .meta({ description: 'The preheader of that mail, with the same placeholders.' }),
});
export type MailTemplates = z.infer<typeof MailTemplates>;
