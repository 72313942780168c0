import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { s3 } from '../../platform/bucket.ts';

/** As the browser keeps it. */
export type DownloadedFile = { filename: string; type: string };

/** A link to one file for as long as it takes to click it: whoever has the link has the file. */
export const secondsToDownload = 300;

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
