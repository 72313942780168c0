import type { FilePreviewAnswer } from '../../../functions/api/issues/file-preview-endpoint.ts';
import type { IssueAnswer } from '../../../functions/api/issues/issue-answer.ts';
import type { NewsletterClient } from '../newsletter/newsletter-client.ts';
import { type IssueFile, isTooLargeForRequest } from './issue-files.ts';

type Way = { source?: string; archive?: boolean };

/** As a form with its pictures, or as a reference to where a large one was put. */
async function sentAs(file: IssueFile, client: NewsletterClient): Promise<{ json: object } | { body: BodyInit }> {
  const { bytes, images, name } = file;
  if (isTooLargeForRequest(file)) return { json: { uploadId: await client.apart(bytes, { filename: name, for: 'issue' }) } };
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(bytes)]), name);
  for (const image of images) form.append('images', new Blob([Buffer.from(image.bytes)]), image.path);
  return { body: form };
}

const about = ({ name }: IssueFile, { source, archive }: Way = {}) => ({
  filename: name,
  source,
  ...(archive && { archive: 'true' }),
});

export const addIssue = async (file: IssueFile, client: NewsletterClient, way: Way) =>
  client.post<IssueAnswer>('/api/v1/issues', { query: about(file, way), ...(await sentAs(file, client)) });

export const replaceIssue = async (file: IssueFile, client: NewsletterClient, { slug, version }: { slug: string; version: number }) =>
  client.put<IssueAnswer>(`/api/v1/issues/${slug}`, {
    query: about(file, { source: file.source }),
    version,
    ...(await sentAs(file, client)),
  });

/** What it would become, and a link to its page. Nothing about any issue changes. */
export const previewOf = async (file: IssueFile, client: NewsletterClient) =>
  client.post<FilePreviewAnswer>('/api/v1/previews', { query: about(file), ...(await sentAs(file, client)) });
