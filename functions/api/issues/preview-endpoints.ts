import { issueDigestId } from '../../digests/issue-digest-id.ts';
import type { Block, IssueContent } from '../../issues/issue.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import type { Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { type DeskLocale, type ReaderLocale, readerLocaleOf } from '../../words/locale.ts';
import { contentOf, mustGet } from './issue-endpoints.ts';

/** One reader's mail, made but not sent. */
export type Preview = { html: string; text: string; eml: string | Uint8Array };

/** What a digest would carry, and when. */
export type MailContents = { digestId: string; scheduledFor: string; issues: readonly IssueContent[]; note?: readonly Block[] | undefined };

export type PreviewServices = {
  issues: Pick<IssueStore, 'get' | 'isGone' | 'content'>;
  /** By the very code of the digest, for a reader of this locale who does not exist. */
  preview: (mail: MailContents, locale: ReaderLocale) => Promise<Preview>;
  settings: { locale: DeskLocale };
  now: Now;
};

/** An issue alone, as if it went out at this moment. */
export const mailOf = (content: IssueContent, now: Date): MailContents => ({
  digestId: issueDigestId(content.slug),
  scheduledFor: now.toISOString(),
  issues: [content],
});

const types: Record<keyof Preview, string> = {
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  eml: 'message/rfc822',
};

/** A mail without any reader's links. `?locale=` is the reader's, whose language the footer speaks. */
export async function previewAnswer(
  part: keyof Preview,
  mail: MailContents,
  { query }: HttpRequest,
  { preview, settings }: Pick<PreviewServices, 'preview' | 'settings'>,
): Promise<HttpResponse> {
  const shown = await preview(mail, readerLocaleOf(query.get('locale') ?? '') ?? settings.locale);
  const [only] = mail.issues.length === 1 ? mail.issues : [];
  return {
    status: 200,
    headers: {
      'content-type': types[part],
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      ...(part === 'eml' && { 'content-disposition': `attachment; filename="${only?.slug ?? mail.digestId}.eml"` }),
    },
    body: shown[part],
  };
}

/** `GET /api/v1/issues/{slug}/preview.html|txt|eml`: the mail as a digest of this issue alone would send it. */
const previewAs = (part: keyof Preview) => async (request: HttpRequest, services: PreviewServices) => {
  const content = await contentOf(await mustGet(request.params.slug, services), services);
  return previewAnswer(part, mailOf(content, services.now()), request, services);
};

export const previewHtml = previewAs('html');
export const previewText = previewAs('text');
export const previewEml = previewAs('eml');
