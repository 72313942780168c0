import type { Finding } from '../finding.ts';
import { disguisedLink } from './disguised-link.ts';

/** What such links say, in the two languages; a link that says more is about something. */
const leaving =
  /^[\s[(（【「]*(?:click here to |点击(?:此处|这里)?)?(?:unsubscribe(?: here| now| from this (?:list|newsletter))?|(?:update|manage|change|edit|email)(?: your| my)?(?: email| subscription| mailing)? ?(?:preferences|settings|subscription|profile)|退订|取消订阅|退订邮件|取消邮件订阅|管理订阅|订阅设置|订阅偏好|邮件偏好)[\s\])）】」.。!！]*$/i;
const leavingWord =
  /(?:^|[^a-z])(?:unsubscribe|unsub|opt-?out|email-?preferences|manage-?(?:subscription|preferences)s?|subscription-?preferences)(?:[^a-z]|$)/i;
/** Something only one reader could have: a long opaque piece, or a value in the query. */
const isPersonal = (where: string) =>
  /[?&][\w-]+=./.test(where) ||
  where
    .split(/[/=]/)
    .slice(1)
    .some((after) => (/^[\w~%+-]*/.exec(after)?.[0] ?? '').split(/[~%+]/).some(isOpaque));
const isOpaque = (piece: string) => piece.length >= 16 && /\d/.test(piece);
const listHosts =
  /(?:^|\.)(?:list-manage\d*\.com|campaign-archive\.com|createsend\d*\.com|sendgrid\.net|mailgun\.org|substack\.com|beehiiv\.com|convertkit-mail\d*\.com)$/i;

/** What is wrong with where a link leads; undefined when nothing is. */
export function linkFinding(href: string, words: string, path: string): { errors: Finding[]; warnings: Finding[] } | undefined {
  // From a footnote to its mark.
  if (href.startsWith('#')) return undefined;
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (leavesAnotherList(url, words)) {
    const link = (words.trim() || href).slice(0, 60);
    return { errors: [{ code: 'unsubscribe_link', values: { link }, path }], warnings: [] };
  }
  if (url && !isMalformed(url)) {
    const disguised = disguisedLink(url, words, path);
    return disguised && { errors: [], warnings: [disguised] };
  }
  return { errors: [], warnings: [{ code: 'malformed_address', values: { address: href.slice(0, 80) }, path }] };
}

function leavesAnotherList(url: URL | undefined, words: string): boolean {
  if (leaving.test(words)) return true;
  if (!url) return false;
  if (url.protocol === 'mailto:') return /unsubscribe/i.test(url.href);
  const where = `${url.pathname}${url.search}`;
  if (!leavingWord.test(where)) return false;
  return listHosts.test(url.hostname) || isPersonal(where);
}

/** A host no name server knows, or an address pasted into another. */
function isMalformed({ protocol, hostname, pathname }: URL): boolean {
  if (protocol === 'mailto:') return !/^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$/.test(decodeURIComponentSafely(pathname));
  if (/^https?$/i.test(hostname)) return true;
  return !hostname.includes('.') && !hostname.startsWith('[') && hostname !== 'localhost';
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
