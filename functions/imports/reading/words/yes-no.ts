import { normalWord } from './normal-word.ts';

const yes = new Set(
  'yes y true t x ok ja j oui o si s sim tak da ano evet kylla igen ναι 是 是的 有 对 對 开 開 はい 有り 예 네 да так نعم'
    .split(' ')
    .map(normalWord),
);
const no = new Set(
  'no n false f nein non nao nee nej nie ne nei ei hayir nem οχι όχι none 否 不是 没有 沒有 无 無 关 關 不 いいえ なし 아니오 아니요 нет ні لا'
    .split(' ')
    .map(normalWord),
);
/** What programs write where nothing is. */
const nothing = new Set(['', 'null', 'nil', 'n a', 'na', 'nan', 'undefined', 'unset']);
const nullMarks = new Set(['\\N', '-', '–', '—', '[]', '{}', '""', "''", '#N/A', '✗', '✘']);
const ticks = new Set(['✓', '✔', '☑', '√', '+']);
const crosses = new Set(['✗', '✘', '×', '☐']);

const numbers = new Map([
  ...['1', '1.0', '01'].map((text) => [text, 'yes'] as const),
  ...['0', '0.0', '00'].map((text) => [text, 'no'] as const),
  ...['0000-00-00', '0000-00-00 00:00:00', '0000/00/00'].map((text) => [text, 'empty'] as const),
]);

/** What a cell says to a question of yes or no; `empty` when it says nothing, undefined when it says something else. */
export function readYesNo(cell: string): 'yes' | 'no' | 'empty' | undefined {
  const text = cell.trim();
  if (ticks.has(text)) return 'yes';
  if (crosses.has(text)) return 'no';
  if (text === '' || nullMarks.has(text)) return 'empty';
  // `-1` is no 1.
  if (/^[+-]?\d/.test(text)) return numbers.get(text);
  const word = normalWord(text);
  if (nothing.has(word)) return 'empty';
  if (yes.has(word)) return 'yes';
  return no.has(word) ? 'no' : undefined;
}

const refusing =
  /^(?:no|not|never|nein|nicht|kein|keine|non|jamais|nao|nee|niet|geen|nej|nie|nada|opt out|stop)(?: |$)|^[不否拒勿别非]|(?:しない|ません|たくない)$|않|미동의|거부|拒绝|拒絕|不愿|不願|不想|不要|不同意|不接收|不需要/u;
const agreeing =
  /^(?:yes|yeah|yep|ja|oui|si|sim|sure|please|of course|gerne?|i agree|i accept|i consent|agree|agreed|accept|accepted|allowed|granted|given)(?: |$)|^(?:是|好|愿意|願意|同意|接受|接收|需要|想|可以|允许|允許|동의|수락)/u;
const doubting =
  /(?:^| )(?:not|no|never|nicht|kein|keine|pas|later|maybe|perhaps|but|unless|don t|won t)(?: |$)|[不没沒未]|ない|ません|않|也许|也許|考虑|考慮|稍后|以后/u;

/** The answer to a question in a survey, said in a sentence. Only a plain yes is one. */
export function readAnswer(cell: string): 'yes' | 'no' | undefined {
  const word = normalWord(cell);
  if (refusing.test(word)) return 'no';
  return agreeing.test(word) && !doubting.test(word) ? 'yes' : undefined;
}
