import * as z from 'zod';
import { openUpload } from '../../issues/formats/open-upload.ts';
import type { IssueUpload, UploadedImage } from '../../issues/images/issue-upload.ts';
import { knownEncoding } from '../../issues/source/encoding/declared-encoding.ts';
import type { HttpRequest } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import { megabytes } from '../../platform/refusals/refusal-kind.ts';
import { uploadHash } from './upload-hash.ts';

/** An issue's file as an editor's browser or script handed it over, with its pictures. What each is, its bytes say. */
export type UploadedFile = IssueUpload & {
  /** SHA-256 of all that came, hex: the same again is the same issue. */
  hash: string;
};

export type UploadServices = {
  /** What was uploaded apart from the request under this id, by `POST /api/v1/uploads`. */
  uploadedApart: (uploadId: string) => Promise<Uint8Array | undefined>;
};

/** What fits into one request: Lambda takes 6 MB, and the body travels as base64. */
const largestUpload = 4 * 1024 * 1024;
const mostImages = 300;
const longestName = 300;

/**
 * The issue in a request: the field `file` of a multipart form with any number of `images` beside it, the body itself with
 * its `Content-Type`, or, for what is larger, `{"uploadId"}` as JSON. Each may be a ZIP of a file and its pictures, a Word document
 * or a mail; other JSON is a file like any other. What the file is called comes with the form, in the archive, or as `?filename=`; how it is encoded may
 * be said by `?encoding=`.
 */
export async function uploadedFile(request: HttpRequest, services: UploadServices): Promise<UploadedFile> {
  const type = request.headers['content-type'] ?? 'application/octet-stream';
  if (request.body.length === 0) throw new Refusal('empty_request');
  if (request.body.length > largestUpload)
    throw new Refusal('request_too_large', { megabytes: megabytes(request.body.length), limitMegabytes: megabytes(largestUpload) });
  const uploadId = /^application\/json\b/i.test(type) ? uploadIdIn(request.body) : undefined;
  const sent: Sent = uploadId
    ? { bytes: await mustFind(uploadId, services), images: [] }
    : /^multipart\//i.test(type)
      ? await formFields(request.body, type)
      : { bytes: request.body, images: [] };
  const { bytes, images } = sent;
  if (bytes.length === 0) throw new Refusal('empty_file');
  const hash = uploadHash(bytes, images);
  const { images: packed, ...file } = await openUpload(bytes);
  const all = [...packed, ...images];
  if (all.length > mostImages) throw new Refusal('too_many_pictures', { pictures: all.length, most: mostImages });
  const name = file.path || request.query.get('filename')?.slice(0, longestName) || sent.name;
  const encoding = encodingOf(request, type);
  return { ...file, images: all, hash, ...(name && { name }), ...(!file.isTranslated && encoding) };
}

/** `?encoding=` is an editor's choice; a charset in the request's type may be a program's habit. */
function encodingOf({ query }: HttpRequest, type: string): Pick<IssueUpload, 'encoding' | 'charset'> {
  const chosen = query.get('encoding');
  const encoding = knownEncoding(chosen ?? undefined);
  if (chosen !== null && !encoding) throw new Refusal('encoding_unknown', { name: chosen.slice(0, 40) });
  const charset = /^text\//i.test(type) ? /;\s*charset="?([\w.:-]{2,40})/i.exec(type)?.[1] : undefined;
  return { ...(encoding && { encoding }), ...(charset && { charset }) };
}

type Sent = { bytes: Uint8Array; images: UploadedImage[]; name?: string };

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
  if (!bytes) throw new Refusal('upload_not_found', { days: 1 });
  return bytes;
}

async function formFields(body: Uint8Array, type: string): Promise<Sent> {
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData().catch((error: unknown) => {
    throw new Refusal('unreadable_form', { reason: error instanceof Error ? error.message : 'unknown' });
  });
  const file = form.get('file');
  if (file === null) throw new Refusal('no_file_field', { fields: [...form.keys()] });
  const images = form.getAll('images').filter((part) => typeof part !== 'string');
  return {
    ...(typeof file === 'string' ? { bytes: Buffer.from(file) } : { bytes: await bytesOf(file), name: file.name.slice(0, longestName) }),
    images: await Promise.all(images.map(async (image) => ({ path: image.name.replaceAll('\\', '/'), bytes: await bytesOf(image) }))),
  };
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
