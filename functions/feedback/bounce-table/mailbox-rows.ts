import { type BounceRow, phrases } from './bounce-row.ts';

/** What is said of the mailbox and the way to it: what passes, then what is over. */
export const mailboxRows: readonly BounceRow[] = [
  // What passes: a full mailbox, a lock, the way to it.
  {
    source: 'RFC 3463 x.2.2; Dovecot, Coremail, Postfix',
    fault: 'soft',
    says: phrases`
      quota | storage | disk ?space | disk (is )?full | speicher
      (mail ?box|in ?box|mail ?drop|account|user|folder|maildir|recipient|mail system) (is |is too |too |has |already |currently |appears to be )*(full|overdrawn|exhausted|over (its|the) limit)
      full (mailbox|inbox) | (out of|insufficient|not enough|not sufficient|enough|no) (\S+ )?(space|room|memory)
      (space|room) has been used up | no space left | overdrawn | too much mail data
      too many messages (on|in) the (server|mailbox) | (postfach|konto|mailbox) (ist )?(voll|überfüllt) | kontingent
      bo[iî]te (\S+ )*pleine | espace de stockage | casella (\S+ )*piena | spazio (\S+ )*esaurito | buz[oó]n (\S+ )*lleno
      caixa (\S+ )*cheia | переполнен | квот | 已满 | 已滿 | 空间不足 | 空間不足 | 容量 | いっぱい | 一杯 | 爆满 | 爆滿 | メールボックス.{0,6}(満|超) | 용량 | 초과
      skrzynka (\S+ )*pełna | postvak (\S+ )*vol\b
    `,
  },
  {
    source: 'servers that lock for a time',
    fault: 'soft',
    says: phrases`
      (disabled|suspended|locked|inactive) temporar
      (has been |is |was |are )?(temporar(y|ily)|temporarly) (suspended|disabled|unavailable|locked|inactive|rejected|deferred|blocked|not|closed|out|local|system|failure|error|problem|lookup|server|authentication|delivery)
      (user|account|mailbox|recipient|compte|konto|postfach)( \S+)? (is |is ?|est |ist |has been )?(locked|bloqué|bloque|gesperrt|isblocked|is blocked|frozen|on hold)
      被锁 | 锁定 | 鎖定 | 冻结
    `,
  },
  {
    source: 'RFC 3463 x.4.x, x.3.x',
    fault: 'soft',
    says: phrases`
      hop count | too many hops | mail loop | loops? back | points? back to | message expired | timed? ?-?out
      connection (timed|refused|lost|reset|dropped|closed|failed)
      (unable|not able|failed|could not|couldn't|cannot) to connect | lost connection | establish an smtp | no route to host
      unreachable | not reachable | dns (query|lookup|error|temporar)
      (unable to|could not|cannot) (lookup|look up|resolve) dns | try again$ | , try again | host not found, try
      \brelay(ing)? (access|mail|to|is|was|denied|not|prohibited) | (no|as a|open) relay(ing)?\b | not a gateway
      (don'?t|do not|does not) handle mail | allowed rcpthost | configuration error | maintenance | shutting down
      resources (are |is )?temporarily | mailbox busy | in use by another | local error | trouble in home | ambiguous
      not accepting (network|mail|messages) ? | server (is )?(down|error|overloaded) | system load
      service (is )?(temporarily )?unavailable$ | 稍后 | 稍後 | 暂时 | 暫時 | しばらく
    `,
  },

  // What is over for good: nobody of that name, closed, no such place.
  {
    source: 'docomo: a filter answers after the text',
    fault: 'unexplained',
    says: phrases`unknown user .*end of data`,
  },
  {
    source: 'RFC 3463 x.1.1; Postfix, Exim, qmail, sendmail, Exchange, Domino',
    fault: 'dead',
    says: phrases`
      (user|recipient|mailbox|address|account|addressee|alias|local ?part|person|member|subscriber|customer|inbox|username)('?s)?( \S+)?( \S+)? (is |was |does |do |could |can |cannot |are |has |as )*(be )*(an? |marked as )?(unknown|not found|not exist|nonexistent|non-existent|doesn'?t exist|dosn'?t exist|not (be )?found|not known|not listed|not valid|invalid|not recogni[sz]ed|isn'?t valid|no longer)
      (unknown|invalid|no such|bad|nonexistent|non-existent) (local |virtual |destination |e-?mail |recipient )*(user|recipient|mailbox|account|address|addressee|person|local ?part|name|alias|rcpt|receiver|customer)
      no (local |virtual )*(user|recipient|mailbox|account) | no mailbox here
      @[>)"']*:? ?(\.\.\. ?)?(user )?(is |was )?(not found|unknown|does not exist|doesn'?t exist|not known|not exist)
      rcpt (\S+ )?(does not|doesn'?t|dosn'?t) exist | badrcptto | badrecipientto | validrcptto | user ?unknown
      in name directory | address(es)? (were|not) (unknown|present) | not an active | recipient (is )?not (local|ok)
      no mail ?box | not our customer
      (is )?not (a )?(valid|known|local) (\S+ )?(user|mailbox|recipient|address|account|customer)
      does not have an? (\S+ )?(account|mailbox) | account not available | mailbox (\S+ )?not (found|available here)
      unrout(e)?able | recipient rejected
      (address|account|user|mailbox)(es)? (that )?you (tried|entered|are trying)[^.]*(does not exist|doesn't exist|disabled|inactive)
      no one (here )?by that name | there is no (one|such|mailbox)
    `,
  },
  {
    source: 'the same in other languages',
    fault: 'dead',
    says: phrases`
      (不存在|不存在或|查无此|查無此|无此|無此|没有此|沒有此|用户不存在|找不到.{0,4}(收件|用户|用戶|地址)|已?(被)?(注销|註銷|禁用|停用|關閉|关闭)) | 存在しません | 見つかりません | 宛先不明
      宛先.{0,8}(不明|誤り) | ユーザ.{0,4}(不明|存在)
      (empf[aä]e?nger|benutzer|adresse|konto|postfach|teilnehmer)( \S+)? (ist )?(nicht )?(unbekannt|bekannt|gelöscht|geloescht|existiert|vorhanden|deaktiviert|geschlossen|wurde gel)
      nicht (bekannt|vorhanden) | existiert nicht
      (utilisateur|destinataire|adresse|compte|boîte|boite)( \S+)? (est )?(inconnu|invalide|inexistant|archiv|désactiv|desactiv|ferm|supprim)
      n.existe pas | inconnu | destinataire invalide | no existe | desconocid | inexistente
      (usuario|utente|casella|destinatario|usuário)( \S+)? (non |não |no )?(esiste|existe|sconosciut|desconhecid|encontrad|inesistente)
      non esiste | sconosciut | не (найден|существует) | неизвестн | нет такого | (почтовый )?ящик (удал|отключ|заблок|не)
      nieznany | nie istnieje | 존재하지 않 | 없는 (사용자|계정)
    `,
  },
  {
    source: 'RFC 3463 x.2.1, x.1.6; RFC 5248 x.7.13; RFC 7293',
    fault: 'dead',
    says: phrases`
      (user|recipient|mailbox|mail box|address|account|inbox|member|person)( \S+)?( \S+)?( \S+)? (is |was |has |have |had |been |be |now |an? |currently |permanently |no |longer )*(disabled|deactivated|inactive|closed|terminated|cancell?ed|expired|suspended|deleted|removed|discontinued|archived|retired|dormant|abandoned|not active|no longer|no more|not accepting)
      (disabled|deactivated|inactive|closed|expired|suspended|deleted|archived|discontinued|terminated|dormant|obsolete|cancell?ed) (e-?mail |recipient |mail )*(address|account|user|mailbox|recipient|member|inbox)
      no longer (\S+ )?(on|in|at|exist|exists|valid|active|available|works|employed|with|here|accept|accepts|in use|used|monitored)
      is expired account | now disabled | (mail )?receiving disabled | has been replaced by | suspend the service
      account (closed|terminated) | owner has changed | recipient has left | has left the (company|organi[sz]ation)
    `,
  },
  {
    source: 'RFC 3463 x.1.2; RFC 7505; DNS NXDOMAIN',
    fault: 'dead',
    says: phrases`
      (domain|host|mail server|mailserver)( \S+)?( name)? (is |was |does |could |can )*(unknown|not found|not exist|nonexistent|non-existent|invalid|expired|not be found|doesn'?t exist|no longer)
      (unknown|nonexistent|non-existent|invalid|no such|bad) (mail |destination |recipient )*(domain|host|server) | nxdomain
      domain must exist | null mx | (find|locate) (the |any )?(recipient |host |a )?(domain|host|mail server)
      (does not|doesn't|never) accepts? (any )?(mail|e-?mail|messages) | single label domain | couldn't find any host | 域名不存在
    `,
  },
  {
    source: 'RFC 3463 x.1.3; RFC 5321',
    fault: 'dead',
    says: phrases`
      (bad|invalid|illegal|malformed) (address|recipient|mailbox|rcpt) syntax
      (syntax|format) error in (\S+ )?(address|recipient|mailbox) | not a valid rfc
      (address|mailbox) (syntax|format) (is )?(invalid|error)
    `,
  },
];
