/** The commonest short words of languages in Latin letters: nearly every sentence has one, and most belong to few languages. */
const commonWords: Readonly<Record<string, string>> = {
  en: 'the and of to in is that for it with as was on are this you be have from we what your an will our how not can more at by i they or has but about which their there when who all been if than so',
  de: 'der die das und ist sind in an so wenn war als wieder sehr unser jahr nicht ein eine einen einem mit für auf den dem des von zu zum zur im wir sich auch es werden wird sind bei nach wie sie ich aus oder noch nur mehr über hat haben dass diese dieser unsere',
  fr: 'n’est c’est fait sans sous après avant bien le la les des et est une un du dans pour que qui sur pas au avec ce cette nous plus vous sont aux ne se par mais ou où été leur votre notre comme tout très être on il elle ces',
  es: 'el la los las de y en que un una para con por es del se como más este esta su al lo pero sus muy también son ha hay sobre entre cuando todo nos fue desde ya le si',
  pt: 'o a os as de e em que um uma para com por é do da não mais dos das ao são como no na se foi mas também sua seu ou você este esta pelo pela nos já entre quando muito há',
  it: 'il lo la gli le di e che un una per con è del della dei delle in non sono più come al alla nel nella si anche da dal questo questa ha ma o i suo molto essere abbiamo',
  nl: 'de het een en van is dat op te voor met zijn niet aan er ook als bij naar wij om maar door over nog deze dit worden wordt hebben heeft we je uit meer kan zo',
  sv: 'och att det är som en på för av med den inte till har om ett vi kan från du jag så men eller när också mer alla var ut här detta',
  da: 'og at det er som en på for af med den ikke til har om et vi kan fra du jeg så men eller når også mere alle var ud her dette bliver meget nogle hvad være blev sig',
  nb: 'og at det er som en på for av med den ikke til har om et vi kan fra du jeg så men eller når også mer alle var ut her dette blir mye noen hva være ble seg å',
  fi: 'ja on ei se että oli ovat mutta kun tai sekä myös joka jotka tämä voi hän ole niin kuin vain siitä mukaan jo nyt sen olla',
  pl: 'i w na z do nie się że jest to o jak po za dla od ale są oraz czy przez które który która tym już tylko co być ich jego może też przy',
  cs: 'a v na se je že to s z do o pro jako jsou ale byl od také nebo které který tak být jsme jen už po při této má až si by ve',
  sk: 'a v na sa je že to s z do o pre ako sú ale bol od tiež alebo ktoré ktorý tak byť sme len už po pri tejto má až si by vo',
  hu: 'a az és hogy nem is egy van meg de ez ki már csak mint volt lesz el vagy még ha azt ezt fel után minden ne',
  ro: 'și în de la cu pe nu este un o din pentru care mai sunt să că au fost ca sau prin al cel dar după ale am acest această',
  tr: 've bir bu da de için ile çok olarak daha var olan gibi ne kadar sonra ama en her değil biz ya ki o mi oldu',
  vi: 'và của là các những được trong cho không có một với người này đã từ để năm đến khi về như tôi chúng nhiều rất',
  id: 'yang dan di untuk dengan dari ini pada tidak itu dalam adalah akan ke juga kami karena bisa oleh atau sudah telah lebih saya mereka sebagai',
  ms: 'yang dan di untuk dengan daripada ini pada tidak itu dalam adalah akan ke juga kami kerana boleh oleh atau sudah telah lebih saya mereka sebagai ialah',
  ca: 'el la els les de i en que un una per amb és del dels als no més com són aquest aquesta hem ha al es va molt també seu pel',
  hr: 'i je u na se da su za od ne koji koja kao ili ali što biti s to o sve nije će iz po samo bi još može',
  sl: 'in je na se da so za z od ki ne kot pa tudi v s to bi še ali po pri lahko če ter smo',
  et: 'ja on ei see et kui oli ka aga mis ning või selle oma seda kes siis nii pole olid',
  lt: 'ir yra kad į iš su tai buvo kaip bet ar už per ne apie nuo tik dar jau šis savo',
  lv: 'un ir ka no ar tas par uz kas bija bet arī lai vai kā pie jau nav šis savu pēc',
  af: 'die en is van nie het in te vir dat op met wat n sy om ook aan as deur ons maar',
  tl: 'ang ng sa na mga ay at para ito may hindi ko mo siya kami namin kung din rin',
  sw: 'ya na wa kwa ni katika la za kuwa hii hiyo cha yake lakini pia',
  yo: 'ati ni ti si awọn fun pe tí ní àti fún sí láti kan náà wọn jẹ lè gbogbo',
  eo: 'la kaj de en estas ne al ĉi por kun mi ni sed ke kiel aŭ pri',
};

/** Letters that hardly any other language has. */
const ownLetters: readonly (readonly [string, RegExp])[] = [
  ['de', /ß/g],
  ['es', /[ñ¿¡]/g],
  ['pt', /[ãõ]/g],
  ['pl', /[łąęśźżńć]/g],
  ['cs', /[řěů]/g],
  ['sk', /[ľĺŕ]/g],
  ['hu', /[őű]/g],
  ['ro', /[șțăţ]/g],
  ['tr', /[ğıİ]/g],
  ['vi', /[đơưạảấầẩẫậắằẳẵặẻẽếềểễệỉịỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/g],
  ['fr', /[œêëùî]|\bd['’]|\bl['’]/g],
  ['it', /[ìò]|\bdell['’]|\bl['’]/g],
  ['ca', /l·l|\bd['’]|\bl['’]/g],
  ['lv', /[āēīūļņģķ]/g],
  ['lt', /[ėįųū]/g],
  ['et', /õ/g],
  ['nb', /[øæ]/g],
  ['da', /[øæ]/g],
  ['yo', /[ṣẹọ]/g],
  ['eo', /[ĉĝĥĵŝŭ]/g],
];

const mostWords = 1_500;
let languagesOf: ReadonlyMap<string, readonly string[]> | undefined;

function indexed(): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [language, words] of Object.entries(commonWords))
    for (const word of words.split(' ')) index.set(word, [...(index.get(word) ?? []), language]);
  return index;
}

/**
 * The language of a text in Latin letters by its commonest words and its own letters (BCP 47, without region); undefined where a text is too
 * short, or too much a list of names, to tell.
 */
export function latinLanguage(text: string): string | undefined {
  languagesOf ??= indexed();
  const scores = new Map<string, number>();
  const kinds = new Map<string, Set<string>>();
  const add = (language: string, weight: number) => scores.set(language, (scores.get(language) ?? 0) + weight);
  const lower = text.slice(0, 12_000).toLowerCase();
  const words = lower.match(/[\p{Script=Latin}\p{M}]+/gu)?.slice(0, mostWords) ?? [];
  for (const word of words) {
    const languages = languagesOf.get(word);
    for (const language of languages ?? []) {
      add(language, 1 / Math.sqrt(languages?.length ?? 1));
      kinds.set(language, (kinds.get(language) ?? new Set()).add(word));
    }
  }
  for (const [language, letters] of ownLetters) {
    const count = lower.match(letters)?.length ?? 0;
    if (count === 0) continue;
    add(language, Math.min(count, words.length) * 0.4);
    kinds.set(language, (kinds.get(language) ?? new Set()).add(letters.source));
  }
  const [[best, score] = ['', 0], [, second] = ['', 0]] = [...scores].sort(([, one], [, other]) => other - one);
  // One word in twenty is common in any prose; names alone have hardly any, and one word is in many languages.
  const isEnough = score >= Math.max(1.2, words.length / 40) && (kinds.get(best)?.size ?? 0) > 1;
  return isEnough && score > second * 1.1 ? best : undefined;
}
