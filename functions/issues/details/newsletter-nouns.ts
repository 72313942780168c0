import { withoutEnd } from '../../platform/without-end.ts';
import { plainText } from './plain-text.ts';

/** What periodicals are called, as words and as the ends of words, in many languages. */
const words = new Set(
  `podcast подкаст weekly biweekly monthly daily quarterly newsletter newsletters digest bulletin gazette journal roundup round-up recap dispatch chronicle letter letters
  brief briefing news notes times post review update updates report reports log links bits magazine zine gazeta boletín boletin boletim bollettino notiziario
  rundbrief infolettre lettre revue hebdo nieuwsbrief nyhetsbrev nyhedsbrev uutiskirje biuletyn zpravodaj bülten bülteni hírlevél рассылка вестник
  дайджест новости еженедельник bản tin buletin warta نشرة النشرة مجلة عدد ידיעון ניוזלטר จดหมายข่าว จุลสาร`.split(/\s+/),
);
const ends =
  /(?:weekly|newsletter|digest|news|letter|brief|briefe|blatt|zeitung|post|bote|kurier|magazin|周刊|週刊|周报|週報|月刊|月报|月報|日报|日報|双周刊|半月刊|季刊|早报|晚报|快报|简报|簡報|通讯|通訊|电子报|電子報|速递|杂志|雜誌|期刊|新闻|新聞|周记|週記|だより|便り|通信|ニュース|ニュースレター|マガジン|뉴스레터|소식|주간|월간|레터)$/iu;
const begins = /(?:^|\s)(?:this|the|these|last|past)\s(?:weeks?|months?|fortnight)\b/iu;

/** Whether words end in the name of a newsletter: in one of its nouns, in "This Week in …", or in the name that the settings give. */
export function namesNewsletter(text: string, newsletter: string | undefined): boolean {
  const plain = plainText(text).toLowerCase().trim();
  const lastWord = plain.slice(withoutEnd(plain, /[\p{L}\p{M}-]/u).length);
  if (words.has(lastWord) || ends.test(plain)) return true;
  const firstWords = plain.split(/\s+/).slice(0, 6).join(' ');
  if (begins.test(firstWords) && plain.split(/\s+/).length <= 8) return true;
  // Arabic and Romance languages put the noun first: نشرة الحديقة 12, Revue du jardin 12.
  const [first = ''] = plain.split(/\s+/);
  if (
    words.has(first) &&
    !/^(?:news|notes|post|review|update|updates|report|reports|log|links|bits|times|letter|letters)$/.test(first) &&
    plain.split(/\s+/).length <= 4
  )
    return true;
  const name = lettersIn(newsletter ?? '');
  if (abbreviates(plain, newsletter ?? '')) return true;
  return name.length > 1 && lettersIn(plain).endsWith(name);
}

/** Whether two to five letters are the first ones of a name's words: `tgw` of “The Garden Weekly”, `DNE` of “DevNaEstrada”. */
export function abbreviates(letters: string, name: string): boolean {
  if (!/^\p{L}{2,5}$/u.test(letters)) return false;
  const first = name.slice(0, 200).match(/(?<!\p{L})\p{L}|(?<=\p{Ll})\p{Lu}/gu) ?? [];
  return first.join('').toLowerCase().startsWith(letters.toLowerCase());
}

const lettersIn = (text: string) =>
  plainText(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
