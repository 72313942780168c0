/**
 * The mailbox that an address most likely leads to, as limits count it: without the tag behind a plus sign, and at Gmail, whose
 * mailboxes have no dots, without those. Two addresses of one mailbox stay two readers: this decides how many mails may come,
 * never whose a subscription is. `identity` is as `readEmailAddress` gives it.
 */
export function mailboxOf(identity: string): string {
  const at = identity.lastIndexOf('@');
  const [local, domain] = [identity.slice(0, at), identity.slice(at + 1)];
  const untagged = local.split('+')[0] || local;
  return gmail.includes(domain) ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${domain}`;
}

/** Google's own words: "dots don't matter in Gmail addresses", and `googlemail.com` is the same mailbox. */
const gmail = ['gmail.com', 'googlemail.com'];
