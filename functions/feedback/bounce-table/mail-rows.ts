import { type BounceRow, phrases } from './bounce-row.ts';

/** What is said of the mail: its words, its size, its form; and of filters on the reader's side, which let other mail through. */
export const mailRows: readonly BounceRow[] = [
  // What the mail's own words, size or form have caused, or a filter of the reader's side.
  {
    source: 'SpamAssassin, Mail.ru, NetEase and others',
    fault: 'blocked',
    says: phrases`
      \b(as|for|is|like|contains?|likely|detected|considered|classified|probable|possible|suspected) (a |an |to be |be |being )?(spam|junk|phishing|unsolicited|suspicious|virus|malware|bulk)
      (spam|virus|malware|phishing|junk)( mail| message| e-?mail| content)? (detected|message|rejected|refused|found|infected|score|filter|blocked|identified|mail|content|level|policy)
      unsolicited | virus infect | (mail|message|content|e-?mail)( content)? (content )?denied
      content (was |is |has been )?(denied|rejected|refused|filter|blocked|spam) | antispam | anti-spam | 病毒 | спам | контент
      spam-?verdacht | pourriel | potential security issue | message filtered | unacceptable content
      bulk[ .]?(mail|e-?mail|advert) | banned content | rejecting (mail )?content | pattern detection | mass mail | our filter
      executable file
    `,
  },
  {
    source: 'Postfix, Dovecot: virtual_mailbox_limit; Axigen',
    fault: 'soft',
    says: phrases`
      (mail ?box|inbox|maildir|user|account|recipient) (size|storage|space|disk) | (mail ?box|inbox) (would |has |have )?exceed
      (remaining|available|left) quota | quota of the (recipient|mailbox|user|account)
    `,
  },
  {
    source: 'Postfix, Exchange, Google; x.3.4',
    fault: 'blocked',
    says: phrases`
      (mail|message) file (size|too) | mail ?size
      (message|mail|email|e-mail|nachricht) (size|length|is too|too) ?(big|large|long|limit|exceed|exceeds|exceeded)?
      too (big|large) | size (limit|exceeds) | (message|mail|email) (size )?exceed(s|ed) | taille (limite|maximale) du
      messagetoolarge | larger than | (邮件|郵件|信件).{0,4}(大小|过大|過大|太大) | nachrichtengr
    `,
  },
  {
    source: 'Exim, Google; x.6.x, x.7.0',
    fault: 'blocked',
    says: phrases`
      \b(attach(ment|ments|ed)|pièce jointe|anhang)\b | 附件
      (invalid|malformed|missing|duplicate|illegal|bad|multiple) (\S+ )?header
      rfc ?-?(2|5|)(822|322) | rfc 5322 section | blacklisted url | (contains|containing) (a )?(url|link|domain) | 8-?bit
      line too long | bare (<lf>|<cr>|lf|cr|line ?feed|carriage) | conversion required
    `,
  },
  {
    source: 'filters of companies and readers',
    fault: 'blocked',
    says: phrases`
      rejected by (the )?recipients? | recipient'?s? (black ?list|white ?list|filter|polic)
      not (on|in) (the |my |their )?(approved|allowed|safe|white) | only accepts? (mail|messages|e-?mail)
      (violates|violated|violation of|violations?|due to|against|by|for|local|security|organi[sz]ation|company|content|email|mail|has a|of) (the |our |an? |its )?polic
      polic(y|ies) (reason|violation|reject|that prohibit|restriction) | prohibited the mail
      (message|mail|email|e-mail) (was |is |has been |been )?(not allowed|refused|blocked)
      not (allowed|authori[sz]ed|permitted) to (send|post|mail|e-?mail) | you are not (allowed|authori[sz]ed|permitted)
      service refused? | non-member | members?-only | closed mailing list | not subscribed to (this|the) (list|group)
      organi[sz]ational settings | authentication (is )?(required|failure|failed|credentials) | (start)?tls (is )?required
      verification failure | protocol violation | mail rejete | mail rejected
    `,
  },
];
