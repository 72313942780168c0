import * as z from 'zod';
import type { LocalRequest, LocalResponse } from '../http-message.ts';
import { jsonResponse } from '../http-message.ts';
import type { ControlParts } from './control.ts';
import { bodyOf } from './control.ts';

const ReadersRequest = z.union([
  z.strictObject({ count: z.int().min(1).max(200_000) }),
  z.strictObject({ addresses: z.array(z.email()).min(1) }),
]);

/** Confirmed readers, put there by the product's own store. */
export async function addReaders(_parts: ControlParts, request: LocalRequest): Promise<LocalResponse> {
  const wish = bodyOf(ReadersRequest, request);
  const addresses = 'addresses' in wish ? wish.addresses : Array.from({ length: wish.count }, (_, n) => `reader-${n + 1}@example.org`);
  return jsonResponse(501, { message: `Not there yet: ${addresses.length} readers.` });
}
