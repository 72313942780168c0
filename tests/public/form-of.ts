import { DomUtils, parseDocument } from 'htmlparser2';

/** A page's one form that posts: what its fields hold, and its buttons that carry a value. */
export function formOf(html: string) {
  const form = DomUtils.findOne(({ name, attribs }) => name === 'form' && attribs.method === 'post', parseDocument(html).children);
  if (!form) throw new Error('The page has no form that posts.');
  const named = (tag: string) => DomUtils.findAll(({ name, attribs }) => name === tag && attribs.name !== undefined, form.children);
  const fields = named('input')
    .filter(({ attribs }) => attribs.type !== 'checkbox' || 'checked' in attribs)
    .map(({ attribs }) => [attribs.name ?? '', attribs.value ?? ''] as const);
  const buttons = named('button').map(({ attribs }) => ({ [attribs.name ?? '']: attribs.value ?? '' }));
  return { fields: Object.fromEntries(fields) as Record<string, string>, buttons, form };
}

export const filledIn = (html: string, values: Record<string, string> = {}) => ({ ...formOf(html).fields, ...values });
