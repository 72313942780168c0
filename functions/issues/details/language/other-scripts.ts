/** Of scripts (Unicode) that one language writes more than any other: that language, in BCP 47. */
const languageOf: Readonly<Record<string, string>> = {
  Cyrillic: 'ru',
  Arabic: 'ar',
  Hebrew: 'he',
  Greek: 'el',
  Thai: 'th',
  Devanagari: 'hi',
  Bengali: 'bn',
  Tamil: 'ta',
  Telugu: 'te',
  Kannada: 'kn',
  Malayalam: 'ml',
  Gujarati: 'gu',
  Gurmukhi: 'pa',
  Oriya: 'or',
  Sinhala: 'si',
  Georgian: 'ka',
  Armenian: 'hy',
  Khmer: 'km',
  Lao: 'lo',
  Myanmar: 'my',
  Ethiopic: 'am',
  Tibetan: 'bo',
};

/** Letters that tell other languages of a script from the one above; each in its order. */
const tellingLetters: Readonly<Record<string, readonly (readonly [string, RegExp])[]>> = {
  Cyrillic: [
    ['be', /ў/gi],
    ['kk', /[әғқңұһ]/gi],
    ['mk', /[ѓќѕ]/gi],
    ['sr', /[ђћџљњј]/gi],
    ['uk', /[іїєґ]/gi],
    ['mn', /[өү]/gi],
  ],
  Arabic: [
    ['ur', /[ٹڈڑےں]/g],
    ['fa', /[پچژگ]/g],
  ],
  Hebrew: [['yi', /[װױײ]|אַ/g]],
  Devanagari: [['mr', /ळ|आहे/g]],
};

const patterns = Object.keys(languageOf).map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'gu')] as const);

/** The language of a text in any script but Latin, Han, kana and hangul, if the script has so great a share of the letters. */
export function languageByScript(text: string, letters: number, share: number): string | undefined {
  for (const [script, pattern] of patterns) {
    const count = text.match(pattern)?.length ?? 0;
    if (count > letters * share) return amongScript(script, text, count);
  }
  return undefined;
}

function amongScript(script: string, text: string, count: number): string | undefined {
  const telling = (tellingLetters[script] ?? []).find(([, letters]) => (text.match(letters)?.length ?? 0) > count / 200);
  if (telling) return telling[0];
  // Bulgarian has no letter of its own; it does without ы and э, and has many ъ.
  if (script === 'Cyrillic' && !/[ыэё]/i.test(text) && (text.match(/ъ/gi)?.length ?? 0) > count / 120) return 'bg';
  return languageOf[script];
}
