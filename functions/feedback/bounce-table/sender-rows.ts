import { type BounceRow, phrases } from './bounce-row.ts';

/** What is said of the sender and of the machine that sends; before it, what looks like that or like a refusal and is none. */
export const senderRows: readonly BounceRow[] = [
  // No refusal: a mailbox that answers by itself has the mail.
  {
    source: 'RFC 3834',
    fault: 'nothing',
    says: phrases`
      automati(c|sche) (reply|response|antwort) | \bauto-?(reply|response|matic reply) | abwesenheits | out of (the )?office
      vacation (message|notice|reply) | \b(on|away on) (vacation|holiday) | \bi(.m| am) (away|on leave)
      \bi will be (away|out|travel) | réponse automatique | respuesta automática | risposta automatica | resposta automática
      автоответ | 自动回复 | 自動回[覆復] | 自动答复 | 自動応答 | 自動返信
    `,
  },
  {
    source: 'challenge and response',
    fault: 'nothing',
    says: phrases`
      confirm that you are (a )?(real|human) | (message|mail) is being held | challenge-response
    `,
  },
  {
    source: 'RFC 3463, 2.x.x',
    fault: 'nothing',
    says: phrases`^(smtp; ?)?2\d\d[ -]2\.\d\.\d`,
  },

  // Greylisting looks like a block list and is over in minutes.
  {
    source: 'Postgrey, Exim, cPanel',
    fault: 'soft',
    says: phrases`gr[ea]y-?list | postgrey | 灰名单`,
  },

  // The sender: address, domain, proof of identity.
  {
    source: 'Postfix, Exim, sendmail',
    fault: 'blocked',
    says: phrases`
      mail from | unrout(e)?able sender | \bbatv\b | backscatter | (null|empty)( envelope)? senders? | sender (not|isn'?t|email)
      sender'?s (not|address) | senderfilter | purported responsible | from: domain | valid from: | address used to send
      sender address (was |is |has been )?(rejected|blocked|refused|denied|verif|has null mx) | sender verif
      verification failed for | domain of sender | sender'?s? domain | from domain
      (invalid|bad|unknown|illegal|missing|unresolvable|outbound) (envelope |outbound )?(sender|from|return path)
      sender (is |was |has been )?(rejected|refused|denied|blocked|unknown|invalid) | émetteur invalide | emetteur invalide
      absender ?adresse | 发件人.{0,12}(不存在|无效|拒绝|错误)
    `,
  },
  {
    source: 'RFC 7208, RFC 6376, RFC 7489',
    fault: 'blocked',
    says: phrases`
      \b(spf|dkim|dmarc|domainkeys|arc)\b | sender policy framework
      (sender|mail|message|email) (is |was )?(unauthenticated|not authenticated) | unauthenticated (sender|e?mail|message)
      authentication level | anti-?spoof | spoofed | 不被允许.{0,6}发送
    `,
  },
  {
    source: 'Postfix, GMX, Gmail',
    fault: 'blocked',
    says: phrases`
      \b(ptr|rdns|r-dns|helo|ehlo)\b | reverse[- ](dns|host|lookup|name|map) | (find|resolve) your (reverse )?host | bad dns
      反向解析 | 逆引き
    `,
  },

  // The sending machine: lists, reputation, rate.
  {
    source: 'block lists',
    fault: 'blocked',
    says: phrases`
      spamhaus | spamcop | sorbs | uceprotect | surriel | \brbl\b | \brbl[-.] | \bdnsbl | [.-](rbl|dnsbl)\b | cloudmark
      senderbase | sender ?score | mailspike | abuseat | invaluement | lashback | nixspam | manitu | uribl | surbl | trendmicro
      trustedsource | abusix | hostkarma | psbl
    `,
  },
  {
    source: 'block lists, in words',
    fault: 'blocked',
    says: phrases`
      (black|block|deny|ban|reject)(ed)?[- ]?list | liste noire | sperrliste | lista (nera|negra) | ч[её]рн\w* списк | 黑名单 | 黑名單
      ブラックリスト | reputation | réputation | 信誉 | 信譽 | репутаци
    `,
  },
  {
    source: 'Postfix, Exim, Cisco',
    fault: 'blocked',
    says: phrases`
      (client|sending|sender|source|originating|your|connecting|this) (host|ip|server|mta|network|mail ?server|mail server|system|isp|address)('s|s)?( ip)?( address(es)?)?( \S+)? (is|are|was|were|has|have|had|been|rejected|blocked|refused|denied|banned|listed|not)\b
      client host | \byour ip\b | \bip address | (bad|invalid|unverif\w*|unknown) (sending )?ips?\b | refused to talk to me
      no access from | not accepting connections | open (proxy|relay) | smtp server of your isp | access to submit
      server requires confirmation | not passed validation | \bdrbl\b
      \bip( address)?( \S+)? (is |was |has been )?(temporarily )?(rejected|blocked|banned|listed|refused|denied|blacklisted|not allowed)
      (blocked|banned|rejected|refused|denied|spam|black) (sending |source |client |your )?ips?\b | banned send | adresse ip
      ip-adresse | dynamic (ip|address) | not accept\w*( any)? (traffic|connections?|mail|messages?) from
      connections? (refused from|will not be accepted|rejected|not accepted) | traffic not accepted | access to this mail system
      too many (invalid|unknown|bad|nonexistent|non-existent) | directory harvest | geograph | geo-?(ip|block|location)
    `,
  },
  {
    source: 'Chinese and Japanese providers',
    fault: 'blocked',
    says: phrases`
      (发信|发送|發信|發送|来源|來源|该|此|您的|服务器).{0,6}ip | ip.{0,12}(禁止|拒绝|拒絕|限制|挂起|封)
      (发信|发送|投递|發送|发件|連線|连接).{0,10}(频率|頻率|过快|过多|過多|超过|超過|频繁) | 累计的收件人 | 送信(数|元).{0,12}(制限|拒否) | 迷惑メール | 受信(拒否|設定|制限) | 指定受信
      垃圾邮件 | 垃圾郵件 | 拒绝接收 | 拒收 | 拒絕接收
    `,
  },
  {
    source: 'Microsoft NDR 5.2.121',
    fault: 'blocked',
    says: phrases`limit from (a )?specific sender`,
  },
  {
    source: 'Exchange: the limit of one mailbox',
    fault: 'soft',
    says: phrases`
      recipient (has|had) exceeded | recipient thread limit | recipient.?s? (hourly|message) (receive )?(limit|rate)
    `,
  },
  {
    source: 'RFC 3463 x.7.0; servers that count',
    fault: 'blocked',
    says: phrases`
      rate[- ]?limit | throttl
      too many (connections|messages|mails|e-?mails|concurrent|sessions|errors|smtp|recipients|requests|emails)
      frequency limit | we have limits | limits? (for|on) how many
      (sending|message|connection|mail|hourly|daily|send) (rate|limit|frequency) (is |was |has been )?(exceeded|reached|too high|limited)
      exceeded (the |your )?(maximum |max )?(sending|message|connection|hourly|daily|number of|rate)
      (unusual|excessive|unexpected|high) (rate|volume|number|amount) | trop de (connexions|messages)
      zu viele (verbindungen|nachrichten) | slow(ing)? down | sending too (fast|quickly|much|many) | too (fast|frequent)
      complaint
    `,
  },
];
