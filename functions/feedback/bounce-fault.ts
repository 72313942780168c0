/**
 * The cause of a bounce. `dead`: the mailbox is gone; `unexplained`: permanent, without a known reason; `blocked`: the provider
 * refused the mail for sender, policy, rate or content; `soft`: a temporary fault of the mailbox or of the connection; `nothing`: no
 * refusal at all, such as an out-of-office reply.
 */
export type BounceFault = 'dead' | 'unexplained' | 'blocked' | 'soft' | 'nothing';
