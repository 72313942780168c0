import type { SESClient } from '@aws-sdk/client-ses';

const rawMessage = 'periodicalRawMessage';
const field = 'RawMessage.Data=';

/**
 * Makes the client put a raw message into its request in one go. Left alone it escapes a hundred kilobytes of base64
 * letter by letter, joins them as text and encodes that for the hash and once more for the socket. So the client
 * serialises the request without the message, whose bytes are put in their place before anything is measured or signed.
 * What SES gets is the same form, field by field.
 */
export function withLeanRequests(client: SESClient): SESClient {
  const buffers: Buffer[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      const { RawMessage } = args.input as { RawMessage?: { Data?: Uint8Array } };
      if (!RawMessage?.Data) return next(args);
      context[rawMessage] = RawMessage.Data;
      return next({ ...args, input: { ...args.input, RawMessage: { Data: new Uint8Array() } } });
    },
    { step: 'serialize', priority: 'high', name: 'takeRawMessageOut' },
  );
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const request = args.request as { body?: unknown };
      const data = context[rawMessage] as Uint8Array | undefined;
      if (!data) return next(args);
      const form = String(request.body);
      // Were every sign escaped; memory that is not written costs nothing.
      const room = form.length + Math.ceil(data.length / 3) * 4 * 3;
      const free = buffers.pop();
      const buffer = free && free.length >= room ? free : Buffer.allocUnsafe(room);
      request.body = formWith(form, data, buffer);
      const answer = await next(args);
      // SES has read all of it. After anything else it may still be on its way, and is left to whoever holds it.
      buffers.push(buffer);
      return answer;
    },
    { step: 'build', priority: 'high', name: 'putRawMessageIn' },
  );
  return client;
}

/** Divisible by three, so that pieces of base64 join; strings of this size cost the collector of garbage least. */
const pieceBytes = 24_576;

/** The form with the message in its empty field, as bytes at the beginning of `into`: all of it is ASCII. */
function formWith(form: string, data: Uint8Array, into: Buffer): Buffer {
  const cut = form.indexOf(field) + field.length;
  if (cut < field.length) throw new Error('The request for a raw message has no field for it.');
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  let at = into.write(form.slice(0, cut), 0, 'latin1');
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const base64 = bytes.subarray(from, from + pieceBytes).toString('base64');
    // Of base64's signs only these mean something in a form; in mail, which is 7-bit, they are rare.
    at += into.write(base64.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D'), at, 'latin1');
  }
  at += into.write(form.slice(cut), at, 'latin1');
  return into.subarray(0, at);
}
