const hasMarks = /[\u202a-\u202e\u2066-\u2069]/;
const [endOfEmbedding, endOfIsolate] = ['\u202c', '\u2069'];
const embeddings = '\u202a\u202b';
const overrides = '\u202d\u202e';
const isolates = '\u2066\u2067\u2068';

/**
 * A line of text from outside as it may be within other text: what its hidden marks of direction begin ends with it, what they end was
 * begun in it, and overrides, which make letters read in another sequence than they are written, are left out (UAX #9, 2.2 to 2.4). Marks
 * that are single letters stay: Arabic and Hebrew titles need them.
 */
export function closedDirection(text: string): string {
  if (!hasMarks.test(text)) return text;
  /** What ends the marks that are open; nothing for an override. */
  const open: string[] = [];
  let closed = '';
  const add = (mark: string, end: string) => {
    open.push(end);
    closed += mark;
  };
  for (const character of text)
    if (embeddings.includes(character)) add(character, endOfEmbedding);
    else if (isolates.includes(character)) add(character, endOfIsolate);
    else if (overrides.includes(character)) add('', '');
    else if (character === endOfEmbedding) closed += open.at(-1) === endOfIsolate ? '' : (open.pop() ?? '');
    else if (character === endOfIsolate) closed += open.includes(endOfIsolate) ? endIsolate(open) : '';
    else closed += character;
  return closed + open.toReversed().join('');
}

/** An isolate ends whatever was begun inside of it. */
function endIsolate(open: string[]): string {
  return open.splice(open.lastIndexOf(endOfIsolate)).toReversed().join('');
}
