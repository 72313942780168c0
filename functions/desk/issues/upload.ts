import { zip } from 'fflate';
import type { Api } from '../base/api-client.ts';
import { sendPast } from '../base/send-past.ts';
import type { ChosenIssue, NamedFile } from './chosen-files.ts';
import type { WholeIssue } from './whole-issue.ts';

export type Upload = {
  chosen: ChosenIssue;
  /** The issue whose text this becomes, and the version of it that the editor saw. */
  replacing?: { slug: string; version?: number | undefined } | undefined;
  /** What a new issue is to be called, when its own address belongs to another. */
  slug?: string | undefined;
  /** How the file is encoded, where it does not say so itself. */
  encoding?: string | undefined;
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** What fits into one request to the API; a form adds a little around it. */
const largestRequest = 4 * 1024 * 1024 - 64 * 1024;

/** Brings a file and its pictures in: through the API, or past it where they are too large for one request. */
export function upload(
  api: Api,
  { chosen, replacing, slug, encoding, onProgress, signal }: Upload,
): Promise<{ status: number; answer: WholeIssue }> {
  const { issue, images } = chosen;
  const method = replacing ? 'PUT' : 'POST';
  const query = new URLSearchParams({ ...(slug && { slug }), ...(encoding && { encoding }) });
  const address = `/api/v1/issues${replacing ? `/${replacing.slug}` : ''}${query.size > 0 ? `?${query}` : ''}`;
  const size = issue.size + images.reduce((sum, { file }) => sum + file.size, 0);
  if (size <= largestRequest)
    return api.sendForm({ method, url: address, body: formOf(chosen), version: replacing?.version, onProgress, signal });
  return past(api, chosen, { onProgress, signal }).then((uploadId) =>
    // A form says what its file is called; this request has only the file's id.
    api.send(method, `${address}${query.size > 0 ? '&' : '?'}filename=${encodeURIComponent(issue.name)}`, {
      body: { uploadId },
      version: replacing?.version,
    }),
  );
}

function formOf({ issue, images }: ChosenIssue): FormData {
  const form = new FormData();
  form.append('file', issue, issue.name);
  for (const { name, file } of images) form.append('images', file, name);
  return form;
}

/** Straight into the bucket, under a form that the API has signed for this one file. */
async function past(
  api: Api,
  { issue, images }: ChosenIssue,
  { onProgress, signal }: Pick<Upload, 'onProgress' | 'signal'>,
): Promise<string> {
  const file = images.length === 0 ? issue : await packed([{ name: issue.name, file: issue }, ...images]);
  return sendPast(api, file, { purpose: 'issue', onProgress, signal });
}

/** One ZIP of several files; pictures are compressed as they are, so nothing is compressed here. */
async function packed(files: readonly NamedFile[]): Promise<File> {
  const entries = await Promise.all(files.map(async ({ name, file }) => [name, new Uint8Array(await file.arrayBuffer())] as const));
  const bytes = await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) =>
    zip(Object.fromEntries(entries), { level: 0 }, (error, made) => (error ? reject(error) : resolve(made as Uint8Array<ArrayBuffer>))),
  );
  return new File([bytes], 'issue.zip', { type: 'application/zip' });
}
