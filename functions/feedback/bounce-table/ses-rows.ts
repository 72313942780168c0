import type { BounceFault } from '../bounce-fault.ts';

/**
 * What SES itself says of a bounce by its sub-type, where that leaves nothing open. `Suppressed` and `OnAccountSuppressionList` are answers of SES's
 * own lists. https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types
 */
export const sesSubTypes: Readonly<Record<string, BounceFault>> = {
  NoEmail: 'dead',
  Suppressed: 'dead',
  OnAccountSuppressionList: 'dead',
  ContentRejected: 'blocked',
  MessageTooLarge: 'blocked',
  AttachmentRejected: 'blocked',
};
