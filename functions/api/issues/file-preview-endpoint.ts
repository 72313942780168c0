import type { IssueContent, IssueMeta } from '../../issues/issue.ts';
import type { HttpResponse } from '../../platform/http.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { type FindingAnswer, findingAnswer } from './finding-answer.ts';
import { type IssueSummary, type PreflightAnswer, preflightAnswer, summaryOf } from './issue-answer.ts';
import type { IssueServices } from './issue-endpoints.ts';
import { ChosenSlug, type ReadServices, readAs } from './issue-file.ts';
import { type UploadServices, uploadedFile } from './upload-body.ts';

export type FilePreviewServices = UploadServices &
  ReadServices &
  Pick<IssueServices, 'preflight'> & {
    /** Keeps a text for those who get its link. */
    keepPreview: (content: IssueContent) => Promise<{ url: string; expiresAt: string }>;
  };

/** What an upload of this file would make. */
export type FilePreviewAnswer = Pick<IssueMeta, 'slug' | 'number' | 'title' | 'date' | 'language' | 'summary'> & {
  asked: NonNullable<IssueContent['asked']> | null;
  warnings: FindingAnswer[];
  preflight: PreflightAnswer;
  hash: string;
  url: string;
  expiresAt: string;
  issue: IssueSummary | null;
};

/**
 * `POST /api/v1/previews`: what a file would become, with a link to its page, and no issue of it. So a text can be
 * judged, as in a pull request, while the issue stays what it is.
 */
export async function previewFile(request: ApiRequest, services: FilePreviewServices): Promise<HttpResponse> {
  const chosen = ChosenSlug.parse(request.query.get('slug') ?? undefined);
  const file = await uploadedFile(request, services);
  const content = await readAs(file, chosen, services);
  const { slug, number, title, date, language, summary, asked = null, warnings } = content;
  const [holder, preflight, kept] = await Promise.all([
    services.issues.get(slug),
    services.preflight(content),
    services.keepPreview(content),
  ]);
  return json(201, {
    slug,
    number,
    title,
    date,
    language,
    summary,
    asked,
    warnings: warnings.map(findingAnswer),
    preflight: preflightAnswer(preflight),
    hash: file.hash,
    ...kept,
    issue: holder ? summaryOf(holder) : null,
  } satisfies FilePreviewAnswer);
}
