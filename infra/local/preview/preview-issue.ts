import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkIssue } from '../../../functions/api/issues/check-issue.ts';
import { issueDigestId } from '../../../functions/digests/issue-digest-id.ts';
import { digestMessage, fillDigest } from '../../../functions/digests/rendering/digest-message.ts';
import { renderDigest } from '../../../functions/digests/rendering/render-digest.ts';
import { openUpload } from '../../../functions/issues/formats/open-upload.ts';
import type { Preflight } from '../../../functions/issues/preflight/preflight.ts';
import { readIssueFile } from '../../../functions/issues/read-issue-file.ts';
import type { Settings } from '../../../functions/settings/settings.ts';
import type { ReaderLocale } from '../../../functions/words/locale.ts';
import type { picturesOf } from './mail-pictures.ts';

export type PreviewRequest = {
  file: Uint8Array;
  /** As it is called. */
  fileName?: string;
  folder: string;
  settings: Settings;
  locale: ReaderLocale;
  now: Date;
  pictures: typeof picturesOf;
};

/** What a preview left in its folder, and what an editor should know before the issue is sent. */
export type PreviewReport = {
  subject: string;
  preheader: string;
  shortened: string[];
  /** As the editors' page shows it: what keeps the issue back, what is remarked, and the bytes of the longest mail. */
  preflight: Preflight;
  files: string[];
};

/**
 * Writes an issue file's email into a folder as HTML, text and `.eml`, with pictures where a browser is: by the code that
 * reads uploads and renders digests, so it is what a reader of that locale would get. Their links lead nowhere.
 */
export async function previewIssue({ file, fileName, folder, settings, locale, now, pictures }: PreviewRequest): Promise<PreviewReport> {
  const { bytes } = await openUpload(file);
  const issue = readIssueFile(bytes, {
    timeZone: settings.timeZone,
    locale: settings.locale,
    newsletter: settings.newsletterName,
    fileName,
    now,
  });
  const publicOrigin = `https://${settings.publicHost ?? 'news.example.org'}`;
  const digestId = issueDigestId(issue.slug);
  const rendered = await renderDigest({ settings, publicOrigin, digestId, scheduledFor: now.toISOString(), issues: [issue] });
  const links = { unsubscribeUrl: `${publicOrigin}/unsubscribe?t=preview`, preferencesUrl: `${publicOrigin}/preferences?t=preview` };
  const { html, text } = fillDigest(rendered, locale, links);
  const { raw } = digestMessage(rendered, { settings, locale, address: 'reader@example.org', tags: {}, date: now, ...links });
  await mkdir(folder, { recursive: true });
  const written = await Promise.all(
    (
      [
        ['html', html],
        ['txt', text],
        ['eml', raw],
      ] as const
    ).map(async ([ending, content]) => {
      const path = join(folder, `${issue.slug}.${ending}`);
      await writeFile(path, content);
      return path;
    }),
  );
  const wanted = [390, 800].flatMap((width) =>
    (['light', 'dark'] as const).map((colours) => ({ width, colours, file: join(folder, `${issue.slug}-${width}px-${colours}.png`) })),
  );
  return {
    subject: rendered.subject,
    preheader: rendered.preheader,
    shortened: rendered.shortened,
    preflight: await checkIssue(issue, { settings, publicOrigin, now }),
    files: [...written, ...(await pictures(html, wanted))],
  };
}
