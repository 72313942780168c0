/**
 * Providers whose names are mistyped often, by the name that one slip is measured against. Names of fewer than five letters
 * are too near to each other, and to other people's domains, for that.
 */
const providers = [
  ...['gmail.com', 'outlook.com', 'hotmail.com', 'yahoo.com', 'icloud.com', 'protonmail.com', 'foxmail.com', 'aliyun.com'],
  ...['googlemail.com', 'sina.com', 'sohu.com', 'yeah.net', 'live.com', 'msn.com', 'aol.com', 'proton.me', 'gmx.de', 'web.de'],
  ...['qq.com', '163.com', '126.com', '139.com', '189.cn', 'vip.qq.com', 'vip.163.com', 'sina.cn', 'yahoo.co.jp', 'yahoo.com.tw'],
];
const measured = providers.filter((domain) => (domain.split('.')[0] ?? '').length >= 5);

/** One letter away from a provider, and other people's domain all the same. */
const real = new Set(['ymail.com', 'email.com', 'mail.com', 'xmail.com', 'jmail.com', 'tmail.com', 'cloud.com', 'live.cn', 'sina.com.cn']);

/** What hurried fingers make of the last part. */
const endings = new Map([
  ...['con', 'cmo', 'ocm', 'vom', 'xom', 'cpm', 'col', 'cim', 'comm', 'coom', 'om', 'cm', 'co', 'c', 'cn', 'com.cn', 'com.com'].map(
    (typed) => [typed, 'com'] as const,
  ),
  ...['nte', 'ner', 'ne'].map((typed) => [typed, 'net'] as const),
]);

/** Slips that one letter does not tell, because the name is short, or the slip is two. */
const slips = new Map([
  ...['qqq.com', 'qqcom.com', 'q.com.cn', 'qq.qq.com'].map((typed) => [typed, 'qq.com'] as const),
  ...['1163.com', '1633.com', '16.com', '13.com', '163.cmo.com', '136.com', '613.com'].map((typed) => [typed, '163.com'] as const),
  ...['1126.com', '1266.com', '12.com', '216.com', '162.com'].map((typed) => [typed, '126.com'] as const),
  ...['gmial.con', 'gamil.con', 'gmal.con', 'gmali.com', 'gmaio.com', 'gimail.com', 'gemail.com'].map(
    (typed) => [typed, 'gmail.com'] as const,
  ),
  ...['foxmial.con', 'foxmaill.con', 'fomxail.com', 'foxamil.com'].map((typed) => [typed, 'foxmail.com'] as const),
  ...['hotmial.con', 'hotmil.con', 'htomail.com'].map((typed) => [typed, 'hotmail.com'] as const),
  ...['outlok.con', 'outllok.com', 'outloook.com', 'oultook.com'].map((typed) => [typed, 'outlook.com'] as const),
  ...['sian.com', 'sna.com', 'siina.com'].map((typed) => [typed, 'sina.com'] as const),
  ...['yeah.com', 'yaeh.net'].map((typed) => [typed, 'yeah.net'] as const),
]);

/** The same address at the provider that was probably meant; undefined where the domain is as good as any. Only ever an offer. */
export function suggestedAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  const meant = suggestedDomain(domain);
  return at > 0 && meant ? `${address.slice(0, at)}@${meant}` : undefined;
}

function suggestedDomain(domain: string): string | undefined {
  if (providers.includes(domain) || real.has(domain)) return undefined;
  const known = slips.get(domain);
  if (known) return known;
  const [name = '', ...rest] = domain.split('.');
  const ending = endings.get(rest.join('.'));
  const ended = ending && `${name}.${ending}`;
  if (ended && providers.includes(ended)) return ended;
  return [domain, ...(ended ? [ended] : [])].flatMap((typed) => measured.filter((provider) => isOneSlip(typed, provider)))[0];
}

/** One letter more, fewer, other, or two neighbours swapped (Damerau). */
function isOneSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  const [a, b] = [typed.slice(at), meant.slice(at)];
  const swapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || swapped;
}
