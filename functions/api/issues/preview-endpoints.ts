import type { IssueContent } from '../../issues/issue.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { type DeskLocale, type ReaderLocale, readerLocaleOf } from '../../words/locale.ts';
import { contentOf, mustGet } from './issue-endpoints.ts';

/** One reader's mail, made but not sent. */
export type Preview = { html: string; text: string; eml: string | Uint8Array };

export type PreviewServices = {
  issues: Pick<IssueStore, 'get' | 'isGone' | 'content'>;
  /** By the very code of the digest, for a reader of this locale who does not exist. */
  preview: (content: IssueContent, locale: ReaderLocale) => Promise<Preview>;
  settings: { locale: DeskLocale };
};

/**
 * `GET …/preview.html|txt|eml`: the mail as a digest of this issue alone would send it, without any reader's links.
 * `?locale=` is the reader's, whose language the footer speaks.
 */
const previewAs =
  (part: keyof Preview, type: string) =>
  async ({ params, query }: HttpRequest, services: PreviewServices): Promise<HttpResponse> => {
    const meta = await mustGet(params.slug, services);
    const locale = query.get('locale');
    const preview = await services.preview(await contentOf(meta, services), readerLocaleOf(locale ?? '') ?? services.settings.locale);
    return {
      status: 200,
      headers: {
        'content-type': type,
        'content-security-policy': 'sandbox',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        ...(part === 'eml' && { 'content-disposition': `attachment; filename="${meta.slug}.eml"` }),
      },
      body: preview[part],
    };
  };

export const previewHtml = previewAs('html', 'text/html; charset=utf-8');
export const previewText = previewAs('text', 'text/plain; charset=utf-8');
export const previewEml = previewAs('eml', 'message/rfc822');
