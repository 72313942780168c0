import type { Api } from './api-client.ts';
import { Problem } from './api-problem.ts';
import { type Transfer, transfer } from './transfer.ts';

type Sending = Pick<Transfer, 'onProgress' | 'signal'> & { purpose: 'issue' | 'import' };

/** Sends a file straight into its bucket, under a form that the API has signed for this one file; returns the upload's id. */
export async function sendPast(api: Api, file: File, { purpose, onProgress, signal }: Sending): Promise<string> {
  const body = { filename: file.name, type: file.type || 'application/octet-stream', size: file.size, for: purpose };
  const { uploadId, url, fields } = await api.post<{ uploadId: string; url: string; fields: Record<string, string> }>('/api/v1/uploads', {
    body,
  });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  const { status } = await transfer({ method: 'POST', url, body: form, onProgress, signal });
  if (status === 0) throw new Problem(0, { code: 'offline' });
  if (status >= 300) throw new Problem(status, { code: status === 403 ? 'upload_expired' : 'upload_refused' });
  return uploadId;
}
