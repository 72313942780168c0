import PostalMime from 'postal-mime';
import { type DigestAnswer, linkIn, type NewsletterVisitor, type OutboxMessage } from './newsletter-visitor.ts';

export type Check = { promise: string; found: string; holds: boolean };

export type Sent = { digest: DigestAnswer; messages: OutboxMessage[]; confirmed: string[]; strangers: string[]; subject: string };

/** Holds what the demo sees against what the newsletter promises. */
export async function checksOf(sent: Sent, visitor: NewsletterVisitor): Promise<Check[]> {
  const mail = await PostalMime.parse(await visitor.raw(sent.messages[0]?.id ?? ''));
  return [...checksOfWhoGotIt(sent), ...checksOfMail(mail, sent), await checkOfLink(mail, sent, visitor)];
}

function checksOfWhoGotIt({ digest: { report, state }, messages, confirmed, strangers }: Sent): Check[] {
  const perReader = Map.groupBy(messages, ({ to }) => to[0] ?? '');
  const once = confirmed.filter((address) => perReader.get(address)?.length === 1).length;
  const wrongly = strangers.filter((address) => perReader.has(address)).length;
  const skipped = Object.values(report.skipped).reduce((sum, n) => sum + n, 0);
  const sum = report.submitted + skipped + report.rejected + report.unknown + report.open;
  return [
    { promise: 'every confirmed reader got exactly one mail', found: `${once} of ${confirmed.length}`, holds: once === confirmed.length },
    {
      promise: 'who never confirmed, and who left, got none',
      found: `${wrongly} wrongly`,
      holds: wrongly === 0 && messages.length === confirmed.length,
    },
    { promise: 'the digest ended by itself', found: state, holds: state === 'done' },
    {
      promise: 'the report adds up',
      found: `${report.audience} = ${sum}`,
      holds: report.audience === sum && report.audience === confirmed.length,
    },
    { promise: 'the closed mailbox is in the report', found: `${report.bounced} bounced`, holds: report.bounced === 1 },
  ];
}

type Mail = Awaited<ReturnType<typeof PostalMime.parse>>;

function checksOfMail(mail: Mail, { subject }: Sent): Check[] {
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value ?? '';
  const parts = /^multipart\/alternative/.test(header('content-type')) && Boolean(mail.html) && Boolean(mail.text);
  const listHeaders = ['list-unsubscribe', 'list-unsubscribe-post', 'list-id'].filter((name) => header(name) !== '');
  return [
    { promise: 'the mail has a text part and an HTML part', found: header('content-type').split(';')[0] ?? '', holds: parts },
    { promise: 'its Chinese subject reads', found: mail.subject ?? '', holds: mail.subject?.includes(subject) ?? false },
    { promise: 'mail programs find how to leave', found: listHeaders.join(', '), holds: listHeaders.length === 3 },
  ];
}

async function checkOfLink(mail: Mail, { confirmed }: Sent, visitor: NewsletterVisitor): Promise<Check> {
  const link = linkIn(mail, '/unsubscribe?');
  const looked = await fetch(link);
  const clicked = await visitor.oneClick(link);
  const again = await visitor.oneClick(link);
  const statuses = [looked.status, clicked.status, again.status];
  return {
    promise: `its own link to leave works, of ${confirmed.length} different ones`,
    found: `looked ${statuses[0]}, left ${statuses[1]}, again ${statuses[2]}`,
    holds: statuses.every((status) => status === 200),
  };
}
