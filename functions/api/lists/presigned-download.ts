import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { s3 } from '../../platform/bucket.ts';

/** As the browser keeps it. */
export type DownloadedFile = { filename: string; type: string };

/** A link to one file that works for a few minutes only, because everybody who has the link can download the file. */
const secondsToDownload = 300;

export const presignedDownload = (bucket: string, key: string, { filename, type }: DownloadedFile): Promise<string> =>
  getSignedUrl(
    s3(),
    new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: `attachment; filename="${filename}"`,
      ResponseContentType: type,
    }),
    { expiresIn: secondsToDownload },
  );
