import * as z from 'zod';
import type { ReaderLocale } from './locale.ts';

const Name = z.string().trim().min(1).max(40);

/** What readers may choose to read about, as the settings declare it: one name for all pages, or one a language. */
export const Topic = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'lower-case letters, digits and hyphens, such as robotics'),
  name: z.union([Name, z.strictObject({ 'zh-CN': Name, 'zh-TW': Name.optional(), en: Name })]),
});
export type Topic = z.infer<typeof Topic>;

export function topicName(name: Topic['name'], locale: ReaderLocale): string {
  if (typeof name === 'string') return name;
  return locale === 'zh-TW' ? (name['zh-TW'] ?? name['zh-CN']) : name[locale];
}

/**
 * Whether a reader wants what belongs to these topics: none at either side means everything. Topics that the settings no
 * longer name are none.
 */
export function wants(chosen: readonly string[], belongsTo: readonly string[]): boolean {
  return chosen.length === 0 || belongsTo.length === 0 || belongsTo.some((topic) => chosen.includes(topic));
}
