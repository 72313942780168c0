import type { HttpRequest } from '../platform/http.ts';
import { Refusal } from '../platform/refusal.ts';

const most = 16 * 1024;

/** A body as a flat record: of a form (its text fields), or of JSON (whatever it holds, for a schema to judge). */
export async function requestFields({ headers, body }: HttpRequest): Promise<{ from: 'form' | 'json'; fields: unknown }> {
  if (body.length > most) throw new Refusal('form_too_large', { bytes: body.length, most });
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (/^application\/([\w.-]+\+)?json$/.test(type.trim())) return { from: 'json', fields: jsonOf(body) };
  if (body.length === 0) return { from: 'form', fields: {} };
  if (!['application/x-www-form-urlencoded', 'multipart/form-data'].includes(type.trim())) throw new Refusal('unsupported_form');
  return { from: 'form', fields: await formOf(body, headers['content-type'] ?? '') };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal('not_json');
  }
}

async function formOf(body: Uint8Array, type: string) {
  try {
    // Node's own parser reads both ways a form is sent.
    const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch (error) {
    throw new Refusal('unreadable_form', { reason: error instanceof Error ? error.message : 'unknown' });
  }
}
