/** As far as a declaration may be from the beginning; HTML asks for the first 1,024 bytes, and not every program keeps to it. */
const farthest = 4_096;

/** XML's and HTML's own ways, a key among the first lines, and what editors of programs read. */
const declarations: readonly ((head: string) => string | undefined)[] = [
  (head) => (/^\s*<\?xml\s/i.test(head) ? /\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head.split('>', 1)[0] ?? '')?.[1] : undefined),
  (head) => firstIn(head.match(/<meta\s[^<>]*/gi), /\bcharset\s*=(?:\s*["'])?\s*([\w.:-]+)/i),
  (head) => firstIn(head.split('\n', 13), /^(?:encoding|charset):\s*["']?([\w.-]+)/i),
  (head) => firstIn(head.match(/-\*-[^\n]*/g), /\bcoding:\s*([\w.-]+)/i),
];

const firstIn = (pieces: readonly string[] | null, pattern: RegExp): string | undefined =>
  pieces?.map((piece) => pattern.exec(piece)?.[1]).find((found) => found !== undefined);

/** The encoding that a file says it is in, by the name that `TextDecoder` has for it; undefined where it names none that we know. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, farthest)).toString('latin1');
  for (const declared of declarations) {
    const known = knownEncoding(declared(head));
    if (known) return known;
  }
  return undefined;
}

/** Names that people write and the Encoding Standard has not. */
const otherNames: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  sjis: 'shift_jis',
  eucjp: 'euc-jp',
  cp949: 'euc-kr',
  euckr: 'euc-kr',
  cp936: 'gb18030',
  cp950: 'big5',
  cp866: 'ibm866',
};

export function knownEncoding(name: string | undefined): string | undefined {
  if (!name) return undefined;
  const label = name.trim().toLowerCase();
  try {
    const { encoding } = new TextDecoder(otherNames[label] ?? label);
    // Who writes GB 2312 or GBK may mean any character of what followed them.
    return encoding === 'gbk' ? 'gb18030' : encoding;
  } catch {
    return undefined;
  }
}

/** The whole text, or undefined where bytes are none in that encoding. */
export function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
