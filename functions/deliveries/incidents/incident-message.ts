import * as z from 'zod';
import { mailboxProviders } from '../../mail/mailbox-provider.ts';

/**
 * What is to be done with the readers whose mailboxes a digest found dead at a provider: all `reinstate`d, or `confirm`ed to be dead.
 * `expire`: the next digest is out, and no incident keeps their addresses. `after`: the last id that is done; `last`: the
 * second look, at readers whose bounces came after the decision.
 */
export const IncidentMessage = z.object({
  kind: z.literal('incident'),
  digest: z.string(),
  provider: z.enum(mailboxProviders),
  act: z.enum(['reinstate', 'confirm', 'expire']),
  after: z.string().optional(),
  last: z.boolean().optional(),
});
export type IncidentMessage = z.infer<typeof IncidentMessage>;
