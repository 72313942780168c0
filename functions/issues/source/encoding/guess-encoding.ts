import { analyse } from 'chardet';
import { latinLanguage } from '../../details/language/latin-languages.ts';
import { decodedAs, knownEncoding } from './declared-encoding.ts';
import { textFit } from './text-fit.ts';

/** `certainty`: `sure` enough to say nothing; `likely` enough to read on with a warning; `unsure` is asked about. */
export type EncodingGuess = { encoding: string; text: string; certainty: 'sure' | 'likely' | 'unsure' };

/** As much of a file as tells its encoding. */
const sampleBytes = 64 * 1024;

/** Always looked at, because the guesser has no statistics of their languages, or mixes them up with their kin. */
const kin = ['windows-1252', 'windows-1250', 'iso-8859-2', 'windows-1257', 'windows-1254', 'windows-1251', 'ibm866'];

/**
 * In which encoding a text is that names none and is no UTF: by the statistics of chardet, corrected by whether the text it makes could be
 * somebody's. The most likely first.
 */
export function guessEncoding(bytes: Uint8Array): EncodingGuess[] {
  const stateful = ['iso-2022-jp'].map((encoding) => [encoding, escaped(bytes) ? decodedAs(encoding, bytes) : undefined] as const);
  const [escapedText] = stateful.filter(([, text]) => text !== undefined && /[^\p{ASCII}]/u.test(text));
  if (escapedText?.[1] !== undefined) return [{ encoding: escapedText[0], text: escapedText[1], certainty: 'sure' }];
  const ranked = candidates(bytes).sort((one, other) => other.score - one.score);
  const [best, ...others] = ranked;
  if (!best) return [];
  // Two encodings that make the same text are no doubt.
  const rival = others.find(({ text }) => text !== best.text);
  const margin = best.score - (rival?.score ?? 0);
  const certainty = certaintyOf(best, margin);
  return ranked.map(({ encoding, text }, n) => ({ encoding, text, certainty: n === 0 ? certainty : 'unsure' }));
}

/** The commonest characters of Chinese in either script, which are a third of any text: other bytes pair up without regard to them. */
const commonHan =
  /[的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實周週新今日月期市最与與]/gu;

/** The less a text has of what tells, the greater a lead it takes. */
function certaintyOf({ encoding, text, fit }: Candidate, margin: number): EncodingGuess['certainty'] {
  const beyond = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  if (fit <= 0.9 || margin < 4 || beyond === 0) return 'unsure';
  // Words in ASCII around a few letters say as much as many letters.
  if (latinLanguage(text) !== undefined && /[a-z]{2}/.test(text) && beyond < text.length / 3)
    return fit > 0.95 && margin >= 6 ? 'sure' : 'likely';
  const enough = encoding in commonLeads ? 8 : 20;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (/^(?:gb18030|big5)$/.test(encoding) && (text.match(commonHan)?.length ?? 0) < han / 12) return 'likely';
  return fit > 0.95 && margin >= 12 && beyond >= enough ? 'sure' : 'likely';
}

/** Where encodings of two bytes have their common characters, by the first byte: the second level begins behind them. */
const commonLeads: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  gb18030: [
    [0xa1, 0xa3],
    [0xb0, 0xd7],
  ],
  big5: [[0xa1, 0xc6]],
  'euc-kr': [
    [0xa1, 0xa3],
    [0xb0, 0xc8],
  ],
  'euc-jp': [
    [0xa1, 0xa5],
    [0xb0, 0xcf],
  ],
  shift_jis: [[0x81, 0x98]],
};

/** How many of a text's pairs of bytes are common characters: hardly any writing has many others, and what is read wrongly has. */
function commonShare(encoding: string, bytes: Uint8Array): number {
  const leads = commonLeads[encoding];
  if (!leads) return 1;
  let [pairs, common] = [0, 0];
  for (let n = 0; n < Math.min(bytes.length, sampleBytes); n += 1) {
    const byte = bytes[n] ?? 0;
    if (byte < 0x81 || (encoding === 'shift_jis' && byte >= 0xa1 && byte <= 0xdf)) continue;
    pairs += 1;
    if (leads.some(([first, last]) => byte >= first && byte <= last)) common += 1;
    n += 1;
  }
  // A name may be written with a rare character: one in ten.
  return pairs === 0 ? 1 : Math.min(1, common / pairs / 0.9);
}

/** `ESC $ B` and its kind, which no other text has. */
const escaped = (bytes: Uint8Array) => bytes.includes(0x1b);

type Candidate = { encoding: string; text: string; fit: number; score: number };

function candidates(bytes: Uint8Array): Candidate[] {
  const guesses = new Map<string, number>();
  for (const { name, confidence } of analyse(bytes.subarray(0, sampleBytes))) {
    const encoding = name === 'ASCII' ? undefined : knownEncoding(name.replace(/^ISO-8859-1$/, 'windows-1252'));
    if (encoding && !encoding.startsWith('utf')) guesses.set(encoding, Math.max(confidence, guesses.get(encoding) ?? 0));
  }
  for (const encoding of kin) if (!guesses.has(encoding)) guesses.set(encoding, 1);
  return [...guesses].flatMap(([encoding, confidence]) => {
    const text = decodedAs(encoding, bytes);
    if (text === undefined) return [];
    const fit = Math.min(textFit(text), commonShare(encoding, bytes));
    return [{ encoding, text, fit, score: confidence - (1 - fit) * 100 + (encoding === 'windows-1252' ? 1 : 0) }];
  });
}
