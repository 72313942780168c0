import { type BounceRow, phrases } from './bounce-row.ts';
import { mailRows } from './mail-rows.ts';
import { mailboxRows } from './mailbox-rows.ts';
import { senderRows } from './sender-rows.ts';

/**
 * Words that any server may use, in the languages of the larger providers. What is about the sender and the mail comes first: it often
 * tells of a mailbox, too. `[^.]*` keeps within one sentence. Sources are the default texts of mail servers, and RFC 3463 for what they mean.
 */
export const commonRows: readonly BounceRow[] = [...senderRows, ...mailRows, ...mailboxRows];

/** Words that say little. Asked after every specific code and before the codes that say as little. */
export const weakRows: readonly BounceRow[] = [
  {
    source: 'RFC 3463 x.1.0',
    fault: 'dead',
    code: '5.1.',
    says: phrases`address rejected | recipient (address )?(rejected|refused)`,
  },
  {
    source: 'RFC 3463 x.7.x, in words',
    fault: 'blocked',
    says: phrases`
      spam | \bblock(ed)?\b | polic(y|ies) | denied | not accepted | prohibited | unauthori[sz]ed | not authori[sz]ed
      not permitted | abuse | virus | 拒绝 | 拒絕 | 拒否
    `,
  },
  {
    source: 'RFC 3463 4.x.x, in words',
    fault: 'soft',
    says: phrases`try (again )?later | try again | temporar | deferred | busy | later`,
  },
];
