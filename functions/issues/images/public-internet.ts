import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Internet, IpAddress, Sending } from './fetch-image.ts';
import { ImageFailure } from './image-failure.ts';

/** The internet as Lambda reaches it. Each name is resolved once for as long as this object lives, also when that fails. */
export function publicInternet(): Internet {
  const resolved = new Map<string, Promise<IpAddress[]>>();
  return {
    resolve: (host) => {
      const known = resolved.get(host);
      if (known) return known;
      const addresses = addressesOf(host);
      resolved.set(host, addresses);
      return addresses;
    },
    request: async (url, { address, family }, signal, sending) => {
      const { statusCode = 0, headers, ...response } = await pinned(url, { address, family }, signal, sending);
      return { status: statusCode, headers: headers as Record<string, string | undefined>, body: response.body };
    },
  };
}

async function addressesOf(host: string): Promise<IpAddress[]> {
  try {
    return (await lookup(host, { all: true })) as IpAddress[];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ImageFailure('unreachable', { transient: code === 'EAI_AGAIN', cause: error });
  }
}

/** The certificate must be the name's own; the connection goes to the given address, whatever the name means by now. */
function pinned(url: URL, { address, family }: IpAddress, signal: AbortSignal, sending?: Sending) {
  return new Promise<{ statusCode: number | undefined; headers: IncomingMessage['headers']; body: IncomingMessage }>((answer, fail) => {
    httpsRequest(
      url,
      {
        agent: false,
        signal,
        lookup: (_host, { all }, callback) => (all ? callback(null, [{ address, family }]) : callback(null, address, family)),
        method: sending?.method ?? 'GET',
        headers: sending
          ? { ...sending.headers, 'user-agent': 'Periodical (webhooks of a newsletter)' }
          : { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Periodical (keeps the pictures of a newsletter)' },
      },
      (message) => answer({ statusCode: message.statusCode, headers: message.headers, body: message }),
    )
      .once('error', fail)
      .end(sending?.body);
  });
}
