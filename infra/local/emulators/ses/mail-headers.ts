import { decodeWords } from 'postal-mime';

/** The first header of this name in a raw message, unfolded, as it was written. */
export function rawHeader(raw: Uint8Array, name: string): string | undefined {
  const lines = headText(raw)
    .replace(/\r?\n([ \t])/g, '$1')
    .split(/\r?\n/);
  const line = lines.find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim();
}

/** A header as a person reads it, its encoded words decoded. */
export const readableHeader = (raw: Uint8Array, name: string): string => decodeWords(rawHeader(raw, name) ?? '');

/** The addresses in a header such as `Ada <ada@example.org>, bob@example.org`. */
export const addressesIn = (header: string): string[] =>
  (header.match(/[^\s<>,;:"()]+/g) ?? []).filter((word) => word.slice(1, -1).includes('@'));

/** What a mailbox receives: SES puts its own `Message-ID` and `Date` in place of the sender's. */
export function asDelivered(raw: Buffer, { messageId, date }: { messageId: string; date: Date }): Buffer {
  const head = headText(raw);
  const kept = head.replace(/^(?:Message-ID|Date):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)/gim, '');
  const own = `Message-ID: <${messageId}@email.amazonses.com>\r\nDate: ${date.toUTCString().replace('GMT', '+0000')}\r\n`;
  return Buffer.concat([Buffer.from(own + kept, 'latin1'), raw.subarray(head.length)]);
}

/** Everything before the empty line, a byte to a character. */
function headText(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')].filter((at) => at >= 0);
  return bytes.toString('latin1', 0, end.length > 0 ? Math.min(...end) : bytes.length);
}
