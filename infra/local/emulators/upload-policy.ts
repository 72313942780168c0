import * as z from 'zod';

export type Refused = { status: number; code: string; message: string };

/** A POST policy ("Creating a POST policy", Amazon S3), as far as a browser's upload is held to it. */
const Policy = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(
    z.union([
      z.tuple([z.string(), z.union([z.string(), z.number()]), z.union([z.string(), z.number()])]),
      z.record(z.string(), z.string()),
    ]),
  ),
});

/** A form that a browser posts to a bucket. `signer`: the access key that its policy was signed with. */
export type UploadForm = {
  fields: ReadonlyMap<string, string>;
  file: Blob | undefined;
  key: string;
  signer: string | undefined;
};

export async function uploadForm(body: Buffer, type: string, bucket: string): Promise<UploadForm> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const fields = new Map([...texts.map(([name, value]) => [name.toLowerCase(), value] as const), ['bucket', bucket]]);
  const last = [...form].at(-1);
  const file = last?.[0] === 'file' && last[1] instanceof Blob ? last[1] : undefined;
  return { fields, file, key: fields.get('key') ?? '', signer: fields.get('x-amz-credential')?.split('/')[0] };
}

/** Why S3 would not take a form: no policy, a policy that is over, fields it does not allow, or more or fewer bytes than it says. */
export function refusedUpload({ fields, file }: UploadForm): Refused | undefined {
  if (!file) return refusal(400, 'InvalidArgument', 'POST requires exactly one file upload per request, as the last field.');
  const policy = Policy.safeParse(jsonIn(fields.get('policy')));
  if (!policy.success || !fields.has('x-amz-signature')) return refusal(403, 'AccessDenied', 'The form has no policy that is signed.');
  if (Date.parse(policy.data.expiration) < Date.now()) return refusal(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
  for (const condition of policy.data.conditions) {
    if (!Array.isArray(condition)) {
      const wrong = Object.entries(condition).find(([name, value]) => fields.get(name.toLowerCase()) !== value);
      if (wrong) return refusal(403, 'AccessDenied', `Invalid according to Policy: Policy Condition failed: ${wrong[0]}.`);
    } else if (condition[0] === 'content-length-range') {
      if (file.size < Number(condition[1]))
        return refusal(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size.');
      if (file.size > Number(condition[2])) return refusal(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size.');
    }
  }
  return undefined;
}

const refusal = (status: number, code: string, message: string): Refused => ({ status, code, message });

function jsonIn(base64: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(base64 ?? '', 'base64').toString());
  } catch {
    return undefined;
  }
}
