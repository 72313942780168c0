import { type BounceRow, phrases } from './bounce-row.ts';

/**
 * What providers document of their own words and marks, which their status codes do not tell or tell wrongly. Asked first, and in this
 * order: refusals for policy come before closed mailboxes.
 */
export const providerRows: readonly BounceRow[] = [
  // Tencent: qq.com, foxmail.com and the companies on exmail. Nearly everything is a bare 550.
  {
    source: 'QQ Mail help 1000728, 122/169',
    fault: 'dead',
    says: phrases`\bno=(1000728|1000730|1000742)\b | mail\.qq\.com/detail/122/169\b`,
  },
  {
    source: 'QQ Mail help 122/166: too much for one mailbox',
    fault: 'soft',
    says: phrases`mailbox unavailable or access denied`,
  },
  {
    source: 'QQ Mail help 122/92, 122/171-175',
    fault: 'blocked',
    says: phrases`
      suspected (spam|bounce) | \b(ip|domain|connection|sender) frequency limited
    `,
  },
  {
    source: 'QQ Mail help, 退信',
    fault: 'dead',
    says: phrases`未开通.{0,4}邮箱`,
  },
  // NetEase: 163.com, 126.com, yeah.net. Two letters, a colon and three letters say why; every one of them is about the sender.
  {
    source: 'NetEase, bounce codes',
    fault: 'blocked',
    says: phrases`\b(dt|mi|rp|hl|sm|cm|ip|mx|zc):[a-z]{3}\b`,
  },
  {
    source: 'NetEase, bounce codes',
    fault: 'dead',
    says: phrases`\buser suspended\b`,
  },
  {
    source: 'NetEase, bounce codes',
    fault: 'blocked',
    says: phrases`\buser in blacklist\b`,
  },
  // Alibaba and Sina.
  {
    source: 'Aliyun 36612',
    fault: 'dead',
    says: phrases`
      rcptto account isn'?t a local account | account isn'?t allowed to receive | rcpt \S+ dosn'?t exist
    `,
  },
  {
    source: 'Aliyun 36612',
    fault: 'blocked',
    says: phrases`reject by (behaviou?r|content) spam | length of attach`,
  },
  {
    source: 'Sina, bounce list',
    fault: 'blocked',
    says: phrases`black ip\b`,
  },
  // Google: Gmail and Workspace. The end of its help link is the reason.
  {
    source: 'Google Workspace 3726730',
    fault: 'soft',
    says: phrases`receiving mail (too quickly|at a rate) | p=receivingrate`,
  },
  {
    source: 'Google Workspace 3726730',
    fault: 'soft',
    says: phrases`p=overquota | inbox is (full|out of storage)`,
  },
  {
    source: 'Google Workspace 3726730',
    fault: 'dead',
    says: phrases`p=(nosuchuser|disableduser|badrcptaddr)`,
  },
  {
    source: 'Google Workspace 3726730',
    fault: 'blocked',
    says: phrases`
      p=[a-z]*(error|message|policy|ratelimit|auth)[a-z]* | unusual rate of | not in whitelist for rcpt
    `,
  },
  // Microsoft: Outlook.com, Hotmail, Microsoft 365 and Exchange.
  {
    source: 'Outlook.com postmaster',
    fault: 'blocked',
    says: phrases`
      \b(s3140|s3150|(sc|ou|dy|cs|rp)-00\d)\b | part of their network is on our block list
    `,
  },
  {
    source: 'Microsoft NDR 5.4.1: unknown to the directory',
    fault: 'dead',
    code: '5.4.1',
    says: phrases`recipient address rejected: access denied`,
  },
  {
    source: 'Microsoft NDR 4.4.4',
    fault: 'soft',
    says: phrases`no mail-enabled subscriptions`,
  },
  {
    source: 'Microsoft NDR 5.1.x',
    fault: 'dead',
    says: phrases`resolver\.adr\.(ex)?recip(ient)?notfound | recipientnotfound`,
  },
  {
    source: 'Microsoft NDR 5.1.4',
    fault: 'soft',
    says: phrases`resolver\.adr\.ambiguous`,
  },
  {
    source: 'Microsoft NDR 5.7.1, 5.7.13x, 5.2.3',
    fault: 'blocked',
    says: phrases`resolver\.rst\.[a-z]+ | transport\.rules\.`,
  },
  {
    source: 'Microsoft NDR 5.2.2',
    fault: 'soft',
    says: phrases`storedrv[^ ]*quota | quotaexceeded`,
  },
  {
    source: 'Microsoft, STOREDRV',
    fault: 'dead',
    says: phrases`mapiexception(unknownuser|aduserdisabled) | accountdisabled`,
  },
  {
    source: 'Microsoft NDR 5.7.64',
    fault: 'soft',
    says: phrases`tenantattribution`,
  },
  {
    source: 'Microsoft NDR 4.7.500',
    fault: 'blocked',
    says: phrases`server busy\. please try again later from \[`,
  },
  {
    source: 'Outlook.com postmaster; GMX postmaster',
    fault: 'dead',
    code: '5.',
    says: phrases`
      requested action not taken: mailbox unavailable($| ?\(|\. ?\[| for explanation)
    `,
  },
  // Yahoo and AOL: marks in brackets, `dd` before closed mailboxes.
  {
    source: 'Yahoo Sender Hub',
    fault: 'blocked',
    says: phrases`
      [\[(](tss?\d\d|ph\d\d|bl\d\d|au\d\d|ipts\d\d|gl\d\d|con\d+|rl\d\d|(rtr|dyn|hvu|cno|rly|dny|sny):\w+)[\])]
    `,
  },
  {
    source: 'Yahoo Sender Hub',
    fault: 'dead',
    says: phrases`
      delivery error: dd | doesn'?t have an? \S+ account | \(?554\.30\)? | not a valid yahoo
    `,
  },
  // Apple.
  {
    source: 'Apple HT204137',
    fault: 'blocked',
    says: phrases`\[(cs|hm|dc)\d\d\]`,
  },
  {
    source: 'Apple, postmaster',
    fault: 'dead',
    says: phrases`unknown or illegal alias | inactive email address`,
  },
  // France: Orange and La Poste number their answers.
  {
    source: 'Orange OFR, La Poste LPN',
    fault: 'dead',
    says: phrases`(ofr|lpn)\d*_(416|418|420|515)\b`,
  },
  {
    source: 'Orange OFR, La Poste LPN',
    fault: 'soft',
    says: phrases`(ofr|lpn)\d*_(417|421|422|423|426|427)\b`,
  },
  {
    source: 'Orange OFR, La Poste LPN',
    fault: 'blocked',
    says: phrases`(ofr|lpn)\d*_\d{3}\b`,
  },
  // Germany: T-Online and United Internet.
  {
    source: 'T-Online postmaster',
    fault: 'blocked',
    says: phrases`\bip=\S+ - | ask your postmaster for help | \((bl|nowl|wl)\)$`,
  },
  {
    source: 'GMX and web.de postmaster',
    fault: 'blocked',
    says: phrases`nemesis esmtp service not available`,
  },
  // North America: the marks of Comcast, Charter, Cox and AT&T.
  {
    source: 'Comcast, Charter, Cox, AT&T postmaster',
    fault: 'blocked',
    says: phrases`
      \b(bl|rl|dm|ct|cm)0{3,}\d+\b | \baup# | \bcx(dns|bl|aub|mxrt|mpool|connect)\b | attrbl
      ib(50[4-9]|51[0-9]|10[1-9]|11[0-9])\b
    `,
  },
  // Gateways of companies.
  {
    source: 'Mimecast DOC-1369',
    fault: 'blocked',
    says: phrases`
      administrative prohibition | anti-?spoofing policy | header based | envelope blocked
    `,
  },
  {
    source: 'Proofpoint, ipcheck',
    fault: 'blocked',
    says: phrases`ipcheck\.proofpoint | proofpoint\.com/dnsbl | blocked - see`,
  },
  {
    source: 'Barracuda',
    fault: 'blocked',
    says: phrases`
      permanent failure for one or more recipients \(\S*:(blocked|quarantined)\) | barracuda(networks|central)
    `,
  },
  // Amazon SES's own answers to us.
  {
    source: 'SES Developer Guide',
    fault: 'blocked',
    says: phrases`
      email address is not verified | sending paused for this account | (daily message quota|maximum sending rate) exceeded
      throttling failure
    `,
  },
  {
    source: 'SES Developer Guide',
    fault: 'dead',
    says: phrases`invalid domain name:`,
  },
];
