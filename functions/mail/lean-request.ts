import type { SESClient } from '@aws-sdk/client-ses';

const rawMessage = 'periodicalRawMessage';
const field = 'RawMessage.Data=';

/**
 * Makes the client put a raw message into its request in one go. Left alone it escapes a hundred kilobytes of base64
 * letter by letter, joins them as text and encodes that for the hash and again for the socket. So the client
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
      // A little air: in mail, which is 7-bit, the signs that have to be escaped are rare.
      const room = form.length + Math.ceil(data.length * 1.5);
      const free = buffers.pop();
      const written = formWith(form, data, free && free.length >= room ? free : Buffer.allocUnsafe(room));
      request.body = written.form;
      const answer = await next(args);
      // SES has read all of it. After anything else it may still be on its way, and is left to its holder.
      if (buffers.length < mostKept) buffers.push(written.memory);
      return answer;
    },
    { step: 'build', priority: 'high', name: 'putRawMessageIn' },
  );
  return client;
}

/**
 * Buffers kept for the next requests: about as many as are on their way at 500 a second. A moment in which SES is slow has more of
 * them at once, which must not stay for as long as the process does.
 */
const mostKept = 64;

/** Divisible by three, so that pieces of base64 join; strings of this size cost the collector of garbage least. */
const pieceBytes = 24_576;

/** The form with the message in its empty field, as bytes at the beginning of `memory`, or of more where that is too little. */
function formWith(form: string, data: Uint8Array, memory: Buffer): { form: Buffer; memory: Buffer } {
  const cut = form.indexOf(field) + field.length;
  if (cut < field.length) throw new Error('The request for a raw message has no field for it.');
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  let into = memory;
  let at = 0;
  // All of it is ASCII.
  const write = (text: string) => {
    if (at + text.length > into.length) into = Buffer.concat([into.subarray(0, at)], (at + text.length) * 2);
    at += into.write(text, at, 'latin1');
  };
  write(form.slice(0, cut));
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const base64 = bytes.subarray(from, from + pieceBytes).toString('base64');
    // Of base64's signs only these mean something in a form.
    write(base64.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D'));
  }
  write(form.slice(cut));
  return { form: into.subarray(0, at), memory: into };
}
