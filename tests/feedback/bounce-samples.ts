import type { BounceFault } from '../../functions/feedback/bounce-fault.ts';

/** What a server answered: SES's type and sub-type, the status if SES had one, the words (ours, in the server's manner). */
type Sample = { by: string; type: string; subType: string; status: string; text: string; fault: BounceFault };

const sample =
  (by: string) =>
  (type: 'Permanent' | 'Transient', status: string, text: string, fault: BounceFault, subType = 'General'): Sample => ({
    by,
    type,
    subType,
    status,
    text: `smtp; ${text}`,
    fault,
  });

const qq = sample('qq, foxmail, exmail');
const netease = sample('163, 126, yeah');
const gmail = sample('Gmail, Workspace');
const outlook = sample('Outlook, Microsoft 365');
const yahoo = sample('Yahoo, AOL');
const icloud = sample('iCloud');
const company = sample('Companies');

export const bounceSamples: readonly Sample[] = [
  qq('Permanent', '', '550 Mailbox not found. service.mail.qq.com no=1000', 'dead'),
  qq('Permanent', '5.5.0', '550 Mailbox not found. no=1002 (exmail)', 'dead'),
  qq('Permanent', '', '550 Mailbox is closed, reader left qq.com', 'dead'),
  qq('Permanent', '', '550 Mailbox unavailable or access denied', 'soft'),
  qq('Permanent', '', '550 Mail content denied. help?id=20022 no=1000726', 'blocked'),
  qq('Permanent', '', '550 Suspected bounce attacks', 'blocked'),
  qq('Permanent', '', '550 Suspected spam, see service.mail.qq.com', 'blocked'),
  qq('Permanent', '', '550 Ip frequency limited. no=20013', 'blocked'),
  qq('Transient', '', '450 Domain frequency limited', 'blocked'),
  qq('Transient', '', '421 Connection frequency limited', 'blocked'),
  qq('Permanent', '', '550 SPF check failed for the sending domain', 'blocked'),
  qq('Permanent', '', '550 Rejected by recipient blacklist', 'blocked'),
  qq('Transient', '4.2.2', '452 Mailbox full, no=1010', 'soft', 'MailboxFull'),
  qq('Permanent', '', '552 Mailbox full', 'soft'),

  netease('Permanent', '', '550 User not found: reader in 163', 'dead'),
  netease('Permanent', '', '550 User suspended', 'dead'),
  netease('Permanent', '5.1.1', '550 5.1.1 no account here', 'dead'),
  netease('Permanent', '', '554 DT:SPM 163 smtp4 looks like junk', 'blocked'),
  netease('Permanent', '', '554 DT:SUM 163 mx33 mail from and rcpt to differ', 'blocked'),
  netease('Permanent', '', '550 DT:SPF 126 mx1 sender not permitted by SPF', 'blocked'),
  netease('Transient', '', '451 DT:SPM try later', 'blocked'),
  netease('Permanent', '', '550 MI:SPB 163 mx5 sender is on a list', 'blocked'),
  netease('Transient', '', '421 HL:REP 163 mx9 IP is sending too fast', 'blocked'),
  netease('Permanent', '', '550 RP:TRC 163 mx2 rate of unknown receivers', 'blocked'),
  netease('Permanent', '', '552 User space overdrawn, mailbox has exceeded its size', 'soft'),

  gmail('Permanent', '5.1.1', '550-5.1.1 There is no such account here. 550 5.1.1 p=NoSuchUser - gsmtp', 'dead'),
  gmail('Permanent', '5.2.1', '550 5.2.1 The account was closed. p=DisabledUser - gsmtp', 'dead'),
  gmail('Permanent', '5.7.1', '550-5.7.1 [192.0.2.7 12] This mail is likely unsolicited. 550 5.7.1 - gsmtp', 'blocked'),
  gmail('Permanent', '5.7.26', '550-5.7.26 Mail is unauthenticated: neither SPF nor DKIM passed - gsmtp', 'blocked'),
  gmail('Permanent', '5.7.28', '550 5.7.28 An unusual rate of mail comes from your network - gsmtp', 'blocked'),
  gmail('Transient', '4.7.28', '421-4.7.28 Unusual rate of mail from your IP. 421 4.7.28 - gsmtp', 'blocked'),
  gmail('Permanent', '5.2.1', '550-5.2.1 This user is receiving mail at a rate that stops us - gsmtp', 'soft'),
  gmail('Transient', '4.2.1', '450 4.2.1 This user is receiving mail too quickly - gsmtp', 'soft'),
  gmail('Transient', '4.2.2', '452-4.2.2 The inbox is out of storage. p=OverQuotaTemp - gsmtp', 'soft', 'MailboxFull'),
  gmail('Permanent', '5.2.2', '552-5.2.2 The inbox is out of storage and inactive. p=OverQuotaPerm - gsmtp', 'soft'),
  gmail('Permanent', '5.3.4', '552-5.3.4 The message is larger than we take - gsmtp', 'blocked'),

  outlook('Permanent', '5.5.0', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)', 'dead'),
  outlook('Permanent', '5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; no recipient by that lookup', 'dead'),
  outlook('Permanent', '5.1.1', '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found', 'dead'),
  outlook('Permanent', '5.4.1', '550 5.4.1 Recipient address rejected: Access denied. [PROD.OUTLOOK.COM]', 'dead'),
  outlook('Permanent', '5.7.1', '550 5.7.1 Not sent: part of their network is on our block list (S3140)', 'blocked'),
  outlook('Permanent', '5.7.606', '550 5.7.606 Access denied, banned sending IP [192.0.2.7]', 'blocked'),
  outlook('Permanent', '5.7.515', '550 5.7.515 Access denied, the sending domain lacks the needed DMARC', 'blocked'),
  outlook('Transient', '4.7.500', '451 4.7.500 Server busy, too much from this address', 'blocked'),
  outlook('Permanent', '5.7.133', '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup', 'blocked'),
  outlook('Permanent', '5.2.3', '550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large', 'blocked'),
  outlook('Permanent', '5.2.2', '554 5.2.2 STOREDRV.Deliver; mailbox full', 'soft'),
  outlook('Transient', '4.3.2', '432 4.3.2 STOREDRV.ClientSubmit; thread limit', 'soft'),

  yahoo('Permanent', '', "554 delivery error: dd This user doesn't have a yahoo.com account", 'dead'),
  yahoo('Permanent', '', '554 30 Your message cannot be delivered: this mailbox is disabled (554.30)', 'dead'),
  yahoo('Permanent', '', '554 5.7.9 Message not accepted for policy reasons', 'blocked'),
  yahoo('Permanent', '5.7.1', '553 5.7.1 [BL21] Connections refused from 192.0.2.7', 'blocked'),
  yahoo('Transient', '4.7.0', '421 4.7.0 [TSS04] Deferred for now after complaints of users', 'blocked'),
  yahoo('Permanent', '', '554 Message not allowed - [PH01]', 'blocked'),
  yahoo('Transient', '', '451 Resources temporarily unavailable [#4.16.5]', 'soft'),

  icloud('Permanent', '5.1.1', '550 5.1.1 unknown or illegal alias', 'dead'),
  icloud('Permanent', '5.7.1', '554 5.7.1 [CS01] Message rejected due to local policy', 'blocked'),
  icloud('Permanent', '', '550 [HM08] Message rejected', 'blocked'),
  icloud('Transient', '4.2.2', '452 4.2.2 user is over quota', 'soft', 'MailboxFull'),

  company('Permanent', '5.1.1', '550 5.1.1 Recipient address rejected: User unknown in local recipient table (Postfix)', 'dead'),
  company('Permanent', '', '550 No such user here (Exim)', 'dead'),
  company('Permanent', '', '550 Unrouteable address (Exim)', 'dead'),
  company('Permanent', '', '550 The account of this person is no longer available', 'dead'),
  company('Permanent', '5.1.2', '550 5.1.2 Host unknown (name server: host not found)', 'dead'),
  company('Permanent', '5.4.4', '550 5.4.4 Unable to route: no mail hosts for domain', 'unexplained'),
  company('Permanent', '', '550 Administrative prohibition - envelope blocked (Mimecast)', 'blocked'),
  company('Permanent', '', '550 Rejected by header based anti-spoofing policy (Mimecast)', 'blocked'),
  company('Permanent', '', '554 Blocked - see ipcheck.proofpoint.com?ip=192.0.2.7 (Proofpoint)', 'blocked'),
  company('Permanent', '', '550 permanent failure for one or more recipients (reader:blocked) (Barracuda)', 'blocked'),
  company('Permanent', '5.7.1', '554 5.7.1 Service unavailable; client host [192.0.2.7] blocked using zen.spamhaus.org', 'blocked'),
  company('Permanent', '5.1.8', '550 5.1.8 Sender address rejected: Domain not found (Postfix)', 'blocked'),
  company('Permanent', '5.7.1', '554 5.7.1 Relay access denied (Postfix)', 'soft'),
  company('Permanent', '', '550 Message contains a virus', 'blocked'),
  company('Permanent', '', '554 5.6.0 Message with invalid header', 'blocked'),
  company('Transient', '4.2.0', '450 4.2.0 Greylisted, come back in five minutes', 'soft'),
  company('Transient', '4.4.7', '554 4.4.7 Message expired: unable to deliver in 840 minutes', 'soft'),
  company('Transient', '', '421 Too many connections from your host', 'blocked'),
  company('Permanent', '5.2.2', '552 5.2.2 Over quota (Dovecot)', 'soft'),
  company('Permanent', '5.1.7', '550 5.1.7 The address that this comes from is not well formed', 'blocked'),
  company('Permanent', '5.7.13', '525 5.7.13 Switched off by the administrator', 'dead'),
  company('Permanent', '5.7.1', "550 5.7.1 'A. Reader' nobody's name here: 550 5.1.1 user unknown", 'dead'),
  company('Permanent', '5.1.0', "5.1.0 - Unknown address error 550-'5.2.2 over the limit of this box'", 'soft'),
  company('Transient', '4.0.0', '550 5.1.1 no such user (4.0.0)', 'dead'),
  company('Transient', '', '450 4.1.1 user unknown, ask again', 'soft'),
  company('Permanent', '', '550 Keine solche Adresse: Benutzer unbekannt', 'dead'),
  company('Permanent', '', '550 收件人不存在', 'dead'),
  company('Permanent', '', '552 邮箱已满', 'soft'),
  company('Permanent', '', '550 no', 'unexplained'),
  company('Permanent', '5.0.0', '554 Transaction failed', 'unexplained'),
];
