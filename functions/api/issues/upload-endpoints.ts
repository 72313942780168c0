import { randomUUID } from 'node:crypto';
import { createPresignedPost, type PresignedPost } from '@aws-sdk/s3-presigned-post';
import * as z from 'zod';
import { needs, requireNeed } from '../../access/need.ts';
import { importFiles, largestList } from '../../imports/reader-import.ts';
import { objectIn } from '../../issues/images/image-store.ts';
import { s3 } from '../../platform/bucket.ts';
import type { HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import { megabytes } from '../../platform/refusals/refusal-kind.ts';
import type { ApiRequest } from '../api-request.ts';
import { json } from '../json-response.ts';
import { jsonBody } from '../request-body.ts';

export type UploadsServices = {
  presignUpload: (uploadId: string, size: number) => Promise<PresignedPost>;
  presignList: (uploadId: string, size: number) => Promise<PresignedPost>;
};

/** A file with all its pictures; what a ZIP of it may unpack to is limited apart. */
const largestFile = 40 * 1024 * 1024;
const minutesToUpload = 15;

export const UploadRequest = z.strictObject({
  filename: z.string().max(300).default(''),
  type: z.string().max(200).default('application/octet-stream'),
  /** Bytes. */
  size: z.number().int().min(1),
  /** What it is to become. */
  for: z.enum(['issue', 'import']).default('issue'),
});

/**
 * `POST /api/v1/uploads`: where to send a file that does not fit into a request, as a form whose last field is `file`;
 * `POST /api/v1/issues` with the `uploadId` then makes it an issue. A list of readers, `for: "import"`, always comes this way.
 */
export async function openUpload(request: ApiRequest, { presignUpload, presignList }: UploadsServices): Promise<HttpResponse> {
  const { size, for: purpose } = UploadRequest.parse(jsonBody(request));
  // One route for two purposes: each needs what the routes need that take the file.
  requireNeed(request.principal, purpose === 'import' ? needs.changeReaders : needs.writeIssues);
  const largest = purpose === 'import' ? largestList : largestFile;
  if (size > largest) throw new Refusal('file_too_large', { megabytes: megabytes(size), limitMegabytes: megabytes(largest) });
  const uploadId = randomUUID();
  const { url, fields } = await (purpose === 'import' ? presignList : presignUpload)(uploadId, size);
  return json(201, { uploadId, url, fields });
}

const keyOf = (uploadId: string) => `uploads/${uploadId}`;

/** S3 itself refuses more bytes than were announced, and anything after a quarter of an hour. */
export const presignedUpload = (bucket: string, uploadId: string, size: number): Promise<PresignedPost> =>
  presigned(bucket, keyOf(uploadId), size);

/** The same for a list of readers, which has a bucket of its own. */
export const presignedList = (bucket: string, uploadId: string, size: number): Promise<PresignedPost> =>
  presigned(bucket, importFiles.upload(uploadId), size);

/** Where the page sends files, e.g. `https://uploads.s3.eu-central-1.amazonaws.com`. */
export async function uploadsOrigins(uploads: string, lists: string): Promise<string[]> {
  const posts = await Promise.all([presignedUpload(uploads, 'none', 1), presignedList(lists, 'none', 1)]);
  return posts.map(({ url }) => new URL(url).origin);
}

const presigned = (bucket: string, key: string, size: number): Promise<PresignedPost> =>
  createPresignedPost(s3(), {
    Bucket: bucket,
    Key: key,
    Conditions: [['content-length-range', 1, size]],
    Expires: minutesToUpload * 60,
  });

export const uploadedObject = (bucket: string, uploadId: string) => objectIn(bucket, keyOf(uploadId));
