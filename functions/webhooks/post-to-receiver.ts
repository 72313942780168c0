import { checkedAddress, checkedUrl, type Internet } from '../issues/images/fetch-image.ts';
import { ImageFailure } from '../issues/images/image-failure.ts';
import type { Answer } from './webhook.ts';

/** A turn of background work lasts five seconds: a receiver has most of one. */
export const receiverMs = 3_000;

/**
 * One try, under the guard of pictures: https on the usual port, a name all of whose addresses are public, the connection made to what was
 * checked. A redirect is an answer like any other and never followed. What the body of the answer says is not read.
 */
export async function postToReceiver(
  { url, headers, body }: { url: string; headers: Record<string, string>; body: string },
  internet: Internet,
  { at, milliseconds }: { at: Date; milliseconds: number },
): Promise<Answer> {
  const began = performance.now();
  const stop = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  late.catch(() => undefined);
  const timer = setTimeout(() => reject(new ImageFailure('timed_out')), milliseconds);
  const answered = (what: Pick<Answer, 'status' | 'fault'>): Answer => ({
    at: at.toISOString(),
    ...what,
    milliseconds: Math.round(performance.now() - began),
  });
  try {
    const asking = ask();
    // The loser of the race may fail later, when nobody listens any more.
    asking.catch(() => undefined);
    return answered({ status: await Promise.race([asking, late]) });
  } catch (error) {
    return answered({ fault: error instanceof ImageFailure ? error.reason : 'unreachable' });
  } finally {
    clearTimeout(timer);
    stop.abort();
  }

  async function ask(): Promise<number> {
    const receiver = checkedUrl(url);
    const address = await checkedAddress(receiver, internet);
    return (await internet.request(receiver, address, stop.signal, { method: 'POST', headers, body })).status;
  }
}

/** Whether an address may be a receiver's at all; names are looked up with every try. */
export function isReceiver(url: string): boolean {
  try {
    checkedUrl(url);
    return true;
  } catch {
    return false;
  }
}
