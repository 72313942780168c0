import * as z from 'zod';
import type { HttpRequest } from '../../platform/http.ts';
import { type LeavingReason, leavingReasons } from '../../subscribers/subscriber.ts';
import { requestFields } from '../request-fields.ts';

const Said = z.object({ reason: z.enum(leavingReasons) });

/** What a form says about why somebody left; any body at all unsubscribes, so one that cannot be read says nothing. */
export async function leavingReason(request: HttpRequest): Promise<LeavingReason | undefined> {
  const read = await requestFields(request).catch(() => undefined);
  return Said.safeParse(read?.fields).data?.reason;
}
