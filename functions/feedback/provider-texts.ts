import type { BounceFault } from './classify-bounce.ts';

/** What a mail server means by words that its status code does not tell, or tells wrongly. */
export type ProviderText = { by: string; says: RegExp; fault: BounceFault };

/**
 * Words that mean more than the status code beside them. The first that fits decides, so a provider's refusals for
 * policy stand before its closed mailboxes. Each is shown with an example in `docs/feedback.md`.
 */
export const providerTexts: readonly ProviderText[] = [
  // Tencent: qq.com, foxmail.com and the companies on exmail. Codes are 5xx for everything, without an extended status.
  {
    by: 'qq',
    says: /mail content denied|suspected (spam|bounce attacks)|(ip|domain|connection|sender) frequency limited/i,
    fault: 'blocked',
  },
  {
    by: 'qq',
    says: /\b(spf|dkim|dmarc) check failed|rejected by (the )?recipient'?s? (blacklist|white ?list)|ip .*in .*blacklist/i,
    fault: 'blocked',
  },
  { by: 'qq', says: /mailbox unavailable or access denied/i, fault: 'unexplained' },
  { by: 'qq', says: /mailbox (not found|is closed|has been (closed|cancelled))\b.*(qq\.com|$)/i, fault: 'dead' },
  // NetEase: 163.com, 126.com, yeah.net. Two letters, a colon and three letters say why.
  { by: '163', says: /\b(DT|MI|RP|HL|SM):(SPM|SUM|SPB|SPF|DMA|IMF|STC|NBL|CEL|DHO|FRL|QTA|REP|TRC|CON|DNS|DUN|ITC)\b/, fault: 'blocked' },
  { by: '163', says: /\buser (not found|suspended|locked)\b/i, fault: 'dead' },
  { by: '163', says: /mailbox (has )?exceeded|over ?drawn|user'?s? (disk )?space/i, fault: 'soft' },
  // Google: Gmail and Workspace.
  { by: 'Gmail', says: /receiving mail (at a rate|too quickly)/i, fault: 'blocked' },
  { by: 'Gmail', says: /likely (unsolicited|suspicious)|unauthenticated|unusual rate of|sending IP.*(PTR|reverse)/i, fault: 'blocked' },
  { by: 'Gmail', says: /inbox is out of storage|over its storage quota|OverQuota(Perm|Temp)/i, fault: 'soft' },
  // Microsoft: Outlook.com, Hotmail and Microsoft 365. Its 5.4.1 is a closed mailbox as often as a closed door.
  {
    by: 'Outlook',
    says: /\((S3140|S3150|SC-00\d|OU-00\d|DY-00\d|CS-00\d)\)|banned sending IP|part of their network is on our block list/i,
    fault: 'blocked',
  },
  { by: 'Outlook', says: /RESOLVER\.RST\.(AuthRequired|NotAuthorized|RecipSizeLimit|SenderNotAuthenticated)/i, fault: 'blocked' },
  {
    by: 'Outlook',
    says: /requested action not taken: mailbox unavailable|RESOLVER\.ADR\.RecipN?(otFound|ientNotFound)|RecipientNotFound/i,
    fault: 'dead',
  },
  { by: 'Outlook', says: /STOREDRV.*(mailbox full|quota)|QuotaExceeded/i, fault: 'soft' },
  // Yahoo and AOL: marks in brackets.
  { by: 'Yahoo', says: /\[(TSS?\d\d|PH\d\d|BL\d\d|IPTS\d\d|GL\d\d|CON\d|RL\d\d)\]|not accepted for policy reasons/i, fault: 'blocked' },
  { by: 'Yahoo', says: /doesn't have an? \S+ account|mailbox is disabled|not a valid yahoo/i, fault: 'dead' },
  { by: 'iCloud', says: /\[(CS|HM|DC)\d\d\]/, fault: 'blocked' },
  // Gateways of companies.
  { by: 'Mimecast', says: /administrative prohibition|anti-?spoofing policy|header based|envelope blocked/i, fault: 'blocked' },
  { by: 'Proofpoint', says: /ipcheck\.proofpoint|blocked - see/i, fault: 'blocked' },
  {
    by: 'Barracuda',
    says: /permanent failure for one or more recipients \(.*:blocked\)|barracudanetworks\.com\/reputation/i,
    fault: 'blocked',
  },
  { by: 'a block list', says: /spamhaus|spamcop|barracudacentral|sorbs|uceprotect|rbl\b|dnsbl/i, fault: 'blocked' },
  { by: 'any', says: /sender address rejected|client host rejected|helo command rejected|relay(ing)? (access )?denied/i, fault: 'blocked' },
];

/** Asked last, when neither a provider's own words nor the status code has told. */
export const commonTexts: readonly ProviderText[] = [
  {
    by: 'any',
    says: /spam|unsolicited|black ?list|block ?list|\bblocked\b|policy|reputation|rate limit|too many (messages|connections)|virus|phish|\bdmarc\b|\bspf\b|\bdkim\b|content (was )?(rejected|refused|denied)/i,
    fault: 'blocked',
  },
  {
    by: 'any',
    says: /mailbox (is )?full|over ?quota|quota exceeded|insufficient (storage|system storage)|exceeded storage/i,
    fault: 'soft',
  },
  {
    by: 'any',
    says: /(user|recipient|mailbox|address|account|person)( \S+){0,3} (is )?(unknown|not found|does not exist|doesn'?t exist|disabled|deactivated|inactive|closed|suspended|not available any ?more|no longer (exists|active|here|available|works))|(unknown|invalid|no such) (local )?(user|recipient|mailbox|account|address)|unrouteable address|not our customer/i,
    fault: 'dead',
  },
];
