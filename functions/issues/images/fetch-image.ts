import { isIP } from 'node:net';
import { type Sleep, sleep } from '../../platform/clock.ts';
import { ImageFailure } from './image-failure.ts';
import { isPublicAddress } from './public-address.ts';

export type IpAddress = { address: string; family: 4 | 6 };

/** `body` ends with an error when the signal of its request is aborted. */
type ImageResponse = { status: number; headers: Readonly<Record<string, string | undefined>>; body: AsyncIterable<Uint8Array> };

/** Without it a request is a GET for a picture. */
export type Sending = { method: 'POST'; headers: Record<string, string>; body: string };

/** The way out: names become addresses here, and connections are made to exactly the address that was checked. */
export type Internet = {
  resolve: (host: string) => Promise<IpAddress[]>;
  request: (url: URL, address: IpAddress, signal: AbortSignal, sending?: Sending) => Promise<ImageResponse>;
};

export type FetchLimits = { bytes: number; attemptMilliseconds: number; milliseconds: number; redirects: number; attempts: number };

export const fetchLimits: FetchLimits = {
  bytes: 15 * 1024 * 1024,
  // A turn of background work lasts five seconds: a server has most of one.
  attemptMilliseconds: 3_500,
  milliseconds: 3_500,
  redirects: 3,
  attempts: 3,
};

/**
 * The bytes at a picture's https address. Every hop is checked by itself: port 443, no credentials, and a name all of whose
 * addresses are public; it is resolved once, and the connection goes to what was checked, so a name that changes its mind
 * changes nothing.
 * @throws ImageFailure
 */
export async function fetchImage(
  address: string,
  internet: Internet,
  { limits = fetchLimits, pause = sleep }: { limits?: FetchLimits; pause?: Sleep } = {},
): Promise<Uint8Array> {
  const deadline = performance.now() + limits.milliseconds;
  for (let attempt = 1; ; attempt += 1) {
    const left = deadline - performance.now();
    try {
      return await fetchOnce(address, internet, { ...limits, attemptMilliseconds: Math.min(limits.attemptMilliseconds, left) });
    } catch (error) {
      const failure = error instanceof ImageFailure ? error : new ImageFailure('unreachable', { transient: true, cause: error });
      const wait = 200 * attempt;
      if (!failure.transient || attempt >= limits.attempts || performance.now() + wait >= deadline) throw failure;
      await pause(wait);
    }
  }
}

async function fetchOnce(address: string, internet: Internet, limits: FetchLimits): Promise<Uint8Array> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), Math.max(1, limits.attemptMilliseconds));
  try {
    return await unlessStopped(followed(address, internet, limits, stop.signal), stop.signal);
  } finally {
    clearTimeout(timer);
    // Ends whatever connection is still open, an endless body among them.
    stop.abort();
  }
}

async function followed(address: string, internet: Internet, limits: FetchLimits, signal: AbortSignal): Promise<Uint8Array> {
  let url = checkedUrl(address);
  for (let hops = 0; ; hops += 1) {
    const response = await internet.request(url, await checkedAddress(url, internet), signal);
    const { status, headers } = response;
    if ([301, 302, 303, 307, 308].includes(status) && headers.location !== undefined) {
      if (hops === limits.redirects) throw new ImageFailure('too_many_redirects');
      url = checkedUrl(headers.location, url);
      continue;
    }
    if (status !== 200) throw new ImageFailure('refused', { transient: status >= 500 || status === 429 });
    if (Number(headers['content-length'] ?? 0) > limits.bytes) throw new ImageFailure('too_large');
    return wholeBody(response, limits);
  }
}

/** @throws ImageFailure `not_https` */
export function checkedUrl(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new ImageFailure('not_https');
  const url = new URL(address, base?.href);
  const { protocol, port, username, password } = url;
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') throw new ImageFailure('not_https');
  return url;
}

/** @throws ImageFailure `private_address`, also if only one of the name's addresses is */
export async function checkedAddress({ hostname }: URL, { resolve }: Internet): Promise<IpAddress> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  const addresses = family === 0 ? await resolve(hostname) : [{ address: literal, family: family as 4 | 6 }];
  const [first] = addresses;
  if (!first) throw new ImageFailure('unreachable');
  // One private address among public ones is a trap, not a picture's server.
  if (!addresses.every((each) => isPublicAddress(each.address))) throw new ImageFailure('private_address');
  return first;
}

async function wholeBody({ body }: ImageResponse, { bytes }: FetchLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > bytes) throw new ImageFailure('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Neither a resolver nor a server decides how long we wait. */
async function unlessStopped<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new ImageFailure('timed_out', { transient: true }));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  // The loser of the race may fail later, when nobody listens any more.
  work.catch(() => undefined);
  stopped.catch(() => undefined);
  return Promise.race([work, stopped]);
}
