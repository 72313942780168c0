import { readEmailAddress } from '../mail/email-address.ts';
import type { Settings } from '../settings/settings.ts';
import type { IssueContent } from './issue.ts';

export type ReplySettings = Pick<Settings, 'sender' | 'confirmationSender' | 'replyTo' | 'contact' | 'replyAddresses'>;

/**
 * The address in the form we mail it, if replies to an issue may go there: one on a domain that the newsletter sends from, or one that
 * the settings name. Any other address would take readers' answers, and their addresses, to somebody nobody here has chosen.
 */
export function replyAddress(written: string, settings: ReplySettings): string | undefined {
  const read = readEmailAddress(/<([^<>]*)>\s*$/.exec(written)?.[1] ?? written);
  if (typeof read === 'string') return undefined;
  const { sender, confirmationSender, replyTo, contact, replyAddresses } = settings;
  const named = [replyTo, contact, ...replyAddresses].map((address) => address.toLowerCase());
  const isOurs = ownDomains([sender.address, confirmationSender.address]).includes(domainOf(read.identity));
  return isOurs || named.includes(read.identity) ? read.address : undefined;
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
const ownDomains = (senders: readonly string[]) => [...new Set(senders.map(domainOf))];

/** The issue with the reply address of its file, or with a warning that it is not used and where answers go instead. */
export function withOwnReplyTo({ replyTo: written, ...content }: IssueContent, settings: ReplySettings): IssueContent {
  if (written === undefined) return content;
  const address = replyAddress(written, settings);
  if (address) return { ...content, replyTo: address };
  const domains = ownDomains([settings.sender.address, settings.confirmationSender.address]);
  const values = { address: written.slice(0, 100), used: settings.replyTo, domains };
  return { ...content, warnings: [...content.warnings, { code: 'reply_to_unused', values }] };
}
