import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { IssueUpload, UploadedImage } from '../issues/images/issue-upload.ts';
import { isZip, unzipIssue } from '../issues/images/unzip-issue.ts';
import type { HttpRequest } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';

/** An issue's file as an editor's browser or script handed it over, with its pictures. What each is, its bytes say. */
export type UploadedFile = IssueUpload & {
  /** SHA-256 of all that came, hex: the same again is the same issue. */
  hash: string;
};

export type UploadServices = {
  /** What was uploaded apart from the request under this id, by `POST /editors/uploads`. */
  uploadedApart: (uploadId: string) => Promise<Uint8Array | undefined>;
};

/** What fits into one request: Lambda takes 6 MB, and the body travels as base64. */
const largestUpload = 4 * 1024 * 1024;
const mostImages = 300;

/**
 * The issue in a request: the field `file` of a multipart form with any number of `images` beside it, the body itself with
 * its `Content-Type`, or, for what is larger, `{"uploadId"}` as JSON. Each may be a ZIP of a file and its pictures; other
 * JSON is a file like any other.
 */
export async function uploadedFile(request: HttpRequest, services: UploadServices): Promise<UploadedFile> {
  const type = request.headers['content-type'] ?? 'application/octet-stream';
  if (request.body.length === 0)
    throw new Refusal('invalid_request', 'The request is empty: send the file as its body, or as the form field “file”.');
  if (request.body.length > largestUpload)
    throw new Refusal(
      'too_large',
      `The upload has ${megabytes(request.body.length)} MB; up to ${megabytes(largestUpload)} MB fit into one request. POST /editors/uploads takes more.`,
    );
  const uploadId = /^application\/json\b/i.test(type) ? uploadIdIn(request.body) : undefined;
  const { bytes, images } = uploadId
    ? { bytes: await mustFind(uploadId, services), images: [] }
    : /^multipart\//i.test(type)
      ? await formFields(request.body, type)
      : { bytes: request.body, images: [] };
  if (bytes.length === 0) throw new Refusal('invalid_request', 'The file is empty.');
  const hash = hashOf([bytes, ...images.flatMap((image) => [Buffer.from(image.path), image.bytes])]);
  const { images: packed, ...file } = isZip(bytes) ? await unzipIssue(bytes) : { bytes, path: '', images: [] };
  const all = [...packed, ...images];
  if (all.length > mostImages) throw new Refusal('too_large', `The upload has ${all.length} pictures; up to ${mostImages} would do.`);
  return { ...file, images: all, hash };
}

const UploadReference = z.strictObject({ uploadId: z.uuid() });

function uploadIdIn(body: Uint8Array): string | undefined {
  if (body.length > 200) return undefined;
  try {
    return UploadReference.safeParse(JSON.parse(Buffer.from(body).toString())).data?.uploadId;
  } catch {
    return undefined;
  }
}

async function mustFind(uploadId: string, { uploadedApart }: UploadServices): Promise<Uint8Array> {
  const bytes = await uploadedApart(uploadId);
  if (!bytes) throw new Refusal('not_found', 'Nothing has arrived for this upload, or it was more than a day ago. Upload the file again.');
  return bytes;
}

async function formFields(body: Uint8Array, type: string): Promise<{ bytes: Uint8Array; images: UploadedImage[] }> {
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData().catch((error: unknown) => {
    throw new Refusal(
      'invalid_request',
      `The form cannot be read as multipart/form-data (RFC 7578): ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  });
  const file = form.get('file');
  if (file === null)
    throw new Refusal('invalid_request', `The form has no field “file”, only: ${[...form.keys()].join(', ') || 'nothing'}.`);
  const images = form.getAll('images').filter((part) => typeof part !== 'string');
  return {
    bytes: typeof file === 'string' ? Buffer.from(file) : await bytesOf(file),
    images: await Promise.all(images.map(async (image) => ({ path: image.name.replaceAll('\\', '/'), bytes: await bytesOf(image) }))),
  };
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

function hashOf([file, ...beside]: Uint8Array[]): string {
  const hash = createHash('sha256').update(file ?? '');
  for (const part of beside) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex');
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
