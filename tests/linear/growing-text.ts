/** A text of about so many characters. */
export type GrowingText = (size: number) => string;

const filled = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length));

/** Marks that open, close, divide or end something in one of the formats that are read, and what is between them. */
const pieces = [
  ...[
    ' ',
    '\n',
    ' \n',
    '\t',
    '\r',
    '\r\n',
    '\0',
    '\u00a0',
    '\u200b',
    '\u202e',
    '\u3000',
    '\ufffd',
    '\ufeff',
    '😀',
    'e\u0301',
    '中',
    '。',
    '：',
  ],
  ...[
    '<',
    '<a ',
    '<a href="',
    '<!--',
    '-->',
    '<p>',
    '</p>',
    '</',
    '/>',
    '<b',
    '<br>',
    '<li>',
    '<td>',
    '<!',
    '<?',
    '<![CDATA[',
    ']]>',
    '&',
    '&#',
    '&amp;',
  ],
  ...[
    '"',
    "'",
    '""',
    '(',
    ')',
    '[',
    '](',
    '![',
    '[^a]',
    '[^a]: b\n',
    '{',
    '}',
    '{{',
    '{%',
    '{{<',
    '{:',
    '`',
    '```\n',
    '$',
    '\\(',
    '\\',
    '^',
    '!',
  ],
  ...[
    '*',
    '_',
    '**',
    '*_',
    '~~',
    '#',
    '# ',
    '#\n',
    '=',
    '=\n',
    '---\n',
    '- ',
    '-',
    '+',
    '> ',
    '>',
    ':::',
    '::',
    ':',
    'x: ',
    'x: y\n',
    '|',
    '|\n',
  ],
  ...['.', '. ', '@', 'a@', 'a@a.', '@a', ',', ';', '; ', '/', '//', 'https://a.b/', '%', '%20', '=3D', '=?utf-8?q?', '?=', '?'],
  ...['1', '1.', '1,', '1-', '1 ', '1:', '(1', '第', '第1', 'a', 'A', 'a ', 'a-', 'a.', 'a\n'],
];
const pairs = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['"', '"'],
  ['<p>', '</p>'],
  ['<div>', '</div>'],
  ['> ', 'x'],
  ['<!--', '-->'],
] as const;

/**
 * Runs of every mark that something else ends, openers without closers, things in things; and runs of a reader's own words. The nightly
 * run has them all; else there is one in eight, another one for each `reader`, so that every text is tried somewhere.
 */
export function growingTexts(words: readonly string[], reader: number): (readonly [what: string, text: GrowingText])[] {
  const runs = [...new Set([...pieces, ...words])].map(
    (piece) => [JSON.stringify(piece), (size: number) => `${filled(piece, size)}b`] as const,
  );
  const nested = pairs.map(
    ([open, close]) => [`${open}…${close}`, (size: number) => filled(open, size / 2) + filled(close, size / 2)] as const,
  );
  const beside = words
    .slice(1)
    .map((word, n) => [JSON.stringify(word + words[n]), (size: number) => filled(`${word}${words[n]} `, size)] as const);
  const every = Number(process.env.TEXTS_ONE_IN ?? 8);
  return [...runs, ...nested, ...beside].filter((_, n) => n % every === reader % every);
}
