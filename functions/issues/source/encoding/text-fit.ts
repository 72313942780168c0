import { latinLanguage } from '../../details/language/latin-languages.ts';

/** The letters beyond ASCII that languages in Latin letters are written with. */
const alphabets: Readonly<Record<string, string>> = {
  en: 'éèêëïöüçñáàâíóôúæœøå',
  de: 'äöüßéèàâêçñ',
  fr: 'àâæçéèêëîïôœùûüÿñ',
  es: 'áéíóúüñçªº',
  pt: 'áâãàçéêíóôõúüªº',
  it: 'àèéìíîòóùúªº',
  nl: 'ëïéèöüäáóúêç',
  sv: 'åäöéàüè',
  da: 'æøåéäöü',
  nb: 'æøåéèêòôäöü',
  fi: 'äöåšžé',
  pl: 'ąćęłńóśźżéü',
  cs: 'áčďéěíňóřšťúůýžöü',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  hu: 'áéíóöőúüűä',
  ro: 'ăâîșşțţéá',
  tr: 'çğıİöşüâîûi',
  lt: 'ąčęėįšųūžé',
  lv: 'āčēģīķļņōŗšūž',
  et: 'äõöüšžé',
  hr: 'čćđšžéá',
  sl: 'čšžćđé',
  ca: 'àçèéíïòóúü·',
  id: 'é',
  ms: 'é',
};

/** What type-setters put between words in any language. */
const punctuation =
  /[\u2010-\u2027\u2030-\u203a\u20ac\u2122\u00a0\u00a7\u00a9\u00ab\u00ae\u00b0\u00b7\u00bb\u00bf\u00a1\u00d7\u00a3\u00bd\u2026№]/u;

/** What no writing of people's is made of. */
const implausible = [
  // Controls and places that no character has.
  /[\u0080-\u009f\ufffd\ue000-\uf8ff]/gu,
  // Signs inside of words: ¹ ³ ¼ and the like.
  /(?<=\p{L})[\u00a1-\u00b6\u00b8-\u00bf\u00d7\u00f7\u02c7\u02d9\u02db\u20a0-\u20bf](?=\p{L})/gu,
  /(?<=\p{L})[\u0192\u02c6\u201a\u201c-\u201e\u2020-\u2022\u2030\u2039](?=[^\p{ASCII}\s])/gu,
  // Signs in front of words, and several in a row, but for what is written so.
  /(?<![\p{L}\p{N}])[\u00a2\u00a4-\u00a6\u00a8\u00aa\u00ac\u00ae-\u00b6\u00b8\u00b9\u00bc-\u00be](?=\p{L})/gu,
  /[\u00a2-\u00b6\u00b8-\u00ba\u00bc-\u00be\u20a0-\u20bf]{2}/gu,
  // A capital behind a small letter, of which one is no ASCII.
  /(?<=\p{Ll})(?=[^\p{ASCII}])\p{Lu}|(?<=(?=[^\p{ASCII}])\p{Ll})\p{Lu}/gu,
  // Words of two scripts.
  /(?<=[a-z])[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}](?=[a-z])/giu,
  /[\uff61-\uff9f]/gu,
  // Lines and blocks of old screens.
  /[\u2500-\u259f]/gu,
];

/** The commonest letters of scripts of one byte a letter, which make up three quarters of any text. */
const commonLetters: readonly (readonly [script: RegExp, common: RegExp])[] = [
  [/\p{Script=Cyrillic}/gu, /[оеаинтсрвлкмдпуіїяы]/giu],
  [/\p{Script=Greek}/gu, /[αοιετσνηυρπκμλάόίέήύς]/giu],
  [/\p{Script=Hebrew}/gu, /[יהולארתבמשנםן]/gu],
  [/\p{Script=Arabic}/gu, /[اليمنوترعبدةهی]/gu],
  [/\p{Script=Thai}/gu, /[านรอกเงมยลวดทส่้ีั]/gu],
];
const commonShare = 0.6;

/** How much of what is not ASCII in a text could be somebody's writing: 0 to 1, and 1 where all is ASCII. */
export function textFit(text: string): number {
  const sample = text.slice(0, 20_000);
  const beyond = sample.match(/[^\p{ASCII}]/gu)?.length ?? 0;
  if (beyond === 0) return 1;
  const odd = implausible.reduce((sum, pattern) => sum + (sample.match(pattern)?.length ?? 0), 0) + outsideAlphabet(sample);
  return Math.max(0, Math.min(1 - odd / beyond, commonness(sample), smallness(sample)));
}

/** Below 1 where a text is made of a script's rare letters. */
function commonness(text: string): number {
  const shares = commonLetters.map(([script, common]) => {
    const letters = text.match(script)?.length ?? 0;
    return letters < 3 ? 1 : (text.match(common)?.length ?? 0) / letters / commonShare;
  });
  return Math.min(1, ...shares);
}

/** Below 1 where most of what is not ASCII is in capitals: encodings differ in which half of their letters is small. */
function smallness(text: string): number {
  const [capitals, small] = [/(?=[^\p{ASCII}])\p{Lu}/gu, /(?=[^\p{ASCII}])\p{Ll}/gu].map((pattern) => text.match(pattern)?.length ?? 0);
  return capitals !== undefined && small !== undefined && capitals > 3 && capitals > small ? 0.7 : 1;
}

/** Letters that the language of the words around them has not; where the words do not tell, that no one language has together. */
function outsideAlphabet(text: string): number {
  const letters = text.match(/[^\p{ASCII}]/gu)?.filter((letter) => /\p{Script=Latin}/u.test(letter) && !punctuation.test(letter)) ?? [];
  if (letters.length === 0) return 0;
  const outside = (alphabet: string) => letters.filter((letter) => !alphabet.includes(letter.toLowerCase())).length;
  const alphabet = alphabets[latinLanguage(text) ?? ''];
  return alphabet === undefined ? Math.min(...Object.values(alphabets).map(outside)) : outside(alphabet);
}
