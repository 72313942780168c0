import type { Finding } from '../../issues/finding.ts';
import type { ImageStore } from '../../issues/images/image-store.ts';
import type { IssueUpload } from '../../issues/images/issue-upload.ts';
import type { IssueContent } from '../../issues/issue.ts';
import type { IssueStore } from '../../issues/issue-store.ts';
import { withKnownTopics } from '../../issues/issue-topics.ts';
import { type ReplySettings, withOwnReplyTo } from '../../issues/reply-address.ts';
import type { Now } from '../../platform/clock.ts';
import type { Settings } from '../../settings/settings.ts';

export type ReadingServices = {
  images: Pick<ImageStore, 'keep' | 'isOurs' | 'putBy'>;
  settings: Pick<Settings, 'timeZone' | 'locale' | 'topics' | 'newsletterName'> & ReplySettings;
  issues: Pick<IssueStore, 'list'>;
  now: Now;
};

/** An answer may take 29 seconds; reading and storing take two. */
const imagesWithinMs = 15_000;
/** Enough to see on which day of the week a newsletter comes. */
const newestIssues = 12;

/** Makes an issue of an uploaded file: reads it, keeps the pictures that came with it, and translates its topics into ids. */
export async function readUpload(upload: IssueUpload, { images, settings, issues, now }: ReadingServices): Promise<IssueContent> {
  // Parsers and codecs are loaded with the first file: most requests bring none.
  const [{ readIssueFile }, { takeInImages }, { mailImageApart }] = await Promise.all([
    import('../../issues/read-issue-file.ts'),
    import('../../issues/images/take-in-images.ts'),
    import('../../issues/images/mail-image-apart.ts'),
  ]);
  const { timeZone, locale, topics, newsletterName: newsletter } = settings;
  const others = await issues.list({ limit: newestIssues });
  const datedIssues = others.issues.map(({ date, number }) => ({ day: date, number }));
  const content = await takeInImages(upload, {
    read: (bytes, takenIn) =>
      readIssueFile(bytes, {
        timeZone,
        locale,
        newsletter,
        others: datedIssues,
        now: now(),
        takenIn,
        fileName: upload.name,
        encoding: upload.encoding,
        charset: upload.charset,
      }),
    mailImage: mailImageApart,
    images,
    milliseconds: imagesWithinMs,
  });
  const warnings = upload.isTranslated ? content.warnings.map(withoutLine) : content.warnings;
  return withOwnReplyTo(withKnownTopics({ ...content, warnings }, topics), settings);
}

const withoutLine = ({ line: _line, ...finding }: Finding): Finding => finding;
