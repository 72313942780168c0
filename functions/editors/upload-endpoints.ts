import { randomUUID } from 'node:crypto';
import { createPresignedPost, type PresignedPost } from '@aws-sdk/s3-presigned-post';
import * as z from 'zod';
import { importFiles, largestList } from '../imports/reader-import.ts';
import { objectIn } from '../issues/images/image-store.ts';
import { s3 } from '../platform/bucket.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';
import { json } from './json-response.ts';

export type UploadsServices = {
  presignUpload: (uploadId: string, size: number) => Promise<PresignedPost>;
  presignList: (uploadId: string, size: number) => Promise<PresignedPost>;
};

/** A file with all its pictures; what a ZIP of it may unpack to is limited apart. */
const largestFile = 40 * 1024 * 1024;
const minutesToUpload = 15;

const UploadRequest = z.strictObject({
  filename: z.string().max(300).default(''),
  type: z.string().max(200).default('application/octet-stream'),
  /** Bytes. */
  size: z.number().int().min(1),
  /** What it is to become. */
  for: z.enum(['issue', 'import']).default('issue'),
});

/**
 * `POST /editors/uploads`: where to send a file that does not fit into a request, as a form whose last field is `file`;
 * `POST /editors/issues` with the `uploadId` then makes it an issue. A list of readers, `for: "import"`, always comes this way.
 */
export async function openUpload(request: HttpRequest, { presignUpload, presignList }: UploadsServices): Promise<HttpResponse> {
  const { size, for: purpose } = UploadRequest.parse(jsonIn(request));
  const largest = purpose === 'import' ? largestList : largestFile;
  if (size > largest)
    throw new Refusal('too_large', `The file has ${Math.ceil(size / 1024 / 1024)} MB; up to ${largest / 1024 / 1024} MB would do.`);
  const uploadId = randomUUID();
  const { url, fields } = await (purpose === 'import' ? presignList : presignUpload)(uploadId, size);
  return json(201, { uploadId, url, fields });
}

function jsonIn({ body }: HttpRequest): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new Refusal('invalid_request', 'The body is not JSON: {"filename", "type", "size"} would do.');
  }
}

const keyOf = (uploadId: string) => `uploads/${uploadId}`;

/** S3 itself refuses more bytes than were announced, and anything after a quarter of an hour. */
export const presignedUpload = (bucket: string, uploadId: string, size: number): Promise<PresignedPost> =>
  presigned(bucket, keyOf(uploadId), size);

/** The same for a list of readers, which has a bucket of its own. */
export const presignedList = (bucket: string, uploadId: string, size: number): Promise<PresignedPost> =>
  presigned(bucket, importFiles.upload(uploadId), size);

const presigned = (bucket: string, key: string, size: number): Promise<PresignedPost> =>
  createPresignedPost(s3(), {
    Bucket: bucket,
    Key: key,
    Conditions: [['content-length-range', 1, size]],
    Expires: minutesToUpload * 60,
  });

export const uploadedObject = (bucket: string, uploadId: string) => objectIn(bucket, keyOf(uploadId));
