import type { HttpRequest } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';

/** A file as an editor's browser or script handed it over. `name` and `type` are hints: what it is, its bytes say. */
export type UploadedFile = { bytes: Uint8Array; name: string; type: string };

/** What fits into one request: Lambda takes 6 MB, and the body travels as base64. */
const largestUpload = 4 * 1024 * 1024;

/**
 * The file in a request: the field `file` of a multipart form, or else the body itself with its `Content-Type` and
 * `?filename=`. JSON is a file like any other.
 */
export async function uploadedFile(request: HttpRequest): Promise<UploadedFile> {
  const type = request.headers['content-type'] ?? 'application/octet-stream';
  if (request.body.length === 0)
    throw new Refusal('invalid_request', 'The request is empty: send the file as its body, or as the form field “file”.');
  const file = /^multipart\//i.test(type)
    ? await fileField(request.body, type)
    : { bytes: request.body, name: request.query.get('filename') ?? '', type };
  if (file.bytes.length === 0) throw new Refusal('invalid_request', 'The file is empty.');
  if (file.bytes.length > largestUpload)
    throw new Refusal(
      'too_large',
      `The file has ${megabytes(file.bytes.length)} MB; up to ${megabytes(largestUpload)} MB fit into one upload.`,
    );
  return { ...file, name: baseName(file.name) };
}

async function fileField(body: Uint8Array, type: string): Promise<UploadedFile> {
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData().catch((error: unknown) => {
    throw new Refusal(
      'invalid_request',
      `The form cannot be read as multipart/form-data (RFC 7578): ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  });
  const file = form.get('file');
  if (file === null)
    throw new Refusal('invalid_request', `The form has no field “file”, only: ${[...form.keys()].join(', ') || 'nothing'}.`);
  if (typeof file === 'string') return { bytes: Buffer.from(file), name: '', type: 'text/plain' };
  return { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name, type: file.type };
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

/** Some browsers send a whole path. */
const baseName = (name: string) => name.split(/[\\/]/).at(-1) ?? '';
