import * as z from 'zod';
import { findLookAlike } from '../../issues/find-look-alike.ts';
import type { IssueContent, IssueMeta } from '../../issues/issue.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import type { HttpRequest } from '../../platform/http.ts';
import { slugOfYear } from './slug-beside.ts';
import type { UploadedFile } from './upload-body.ts';

export type ReadServices = {
  issues: Pick<IssueStore, 'get' | 'isGone' | 'content' | 'similarTo'>;
  /** What a file says; refuses what cannot be read. */
  readFile: (file: UploadedFile) => IssueContent | Promise<IssueContent>;
};

export const IssuesPage = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d#[a-z0-9-]{1,200}$/, 'the `before` of an answer')
    .optional(),
});

/** As an issue's own slug is; `?slug=` gives an issue another one than its file would. */
export const ChosenSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,79}$/)
  .optional();

/** `?source=`: the path of the file in a program's folder, by which the program finds its issue again. */
export const SourcePath = z
  .string()
  .min(1)
  .max(300)
  .refine((path) => !/\p{C}/u.test(path), 'a path on one line')
  .optional();

/** `?archive=true`: it went out elsewhere, and is not to be mailed. */
export const IsPast = z.enum(['true', 'false']).optional();

export const sourceOf = ({ query }: HttpRequest) => SourcePath.parse(query.get('source') ?? undefined);

/** What a file says, under the slug that it would get here. */
export async function readAs(file: UploadedFile, chosen: string | undefined, services: ReadServices): Promise<IssueContent> {
  const read = await services.readFile(file);
  const content = { ...read, slug: chosen ?? (await slugOfYear(read, services)) };
  return (await services.issues.get(content.slug)) ? content : withLookAlike(content, services);
}

/** What a file says as the new text of an issue, whose slug stays. */
export async function readFor({ slug, state }: Pick<IssueMeta, 'slug' | 'state'>, file: UploadedFile, services: ReadServices) {
  const content = { ...(await services.readFile(file)), slug };
  return state === 'draft' ? withLookAlike(content, services) : content;
}

/** A new address for what another issue says already is likely a mistake: it goes into the warnings. */
async function withLookAlike(content: IssueContent, services: ReadServices): Promise<IssueContent> {
  const warning = await findLookAlike(content, services.issues);
  return warning ? { ...content, warnings: [warning, ...content.warnings] } : content;
}
