import { SlowStartStore } from '../../functions/deliveries/brake/slow-start-store.ts';
import { finishIfComplete } from '../../functions/deliveries/finish-digest.ts';
import type { IncidentMessage } from '../../functions/deliveries/incidents/incident-message.ts';
import type { VerifyMessage } from '../../functions/deliveries/segments/verify-message.ts';
import type { WatchServices } from '../../functions/deliveries/watch-digests.ts';
import type { Digest } from '../../functions/digests/digest.ts';
import type { PlanMessage, RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { publishDigest } from '../../functions/digests/publish-digest.ts';
import { WishStore } from '../../functions/digests/wishes/wish-store.ts';
import type { MailboxProvider } from '../../functions/mail/mailbox-provider.ts';
import type { SubmitOutcome } from '../../functions/mail/mailer.ts';
import type { LastOutage, Outage } from '../../functions/mail/outage.ts';
import { ParkedMails } from '../../functions/subscribers/requested-mails/parked-mails.ts';
import type { RequestedMail } from '../../functions/subscribers/requested-mails/requested-mail.ts';
import { WaitingLine } from '../../functions/subscribers/waiting-line/waiting-line.ts';
import { type deliveryServices, FakeQueue } from './delivery-services.ts';

/** What `watch-digests` works with, over a test's ledger and queue; mails to editors are taken as sent. */
export function watchServices({ table, breaker, store, ledger, batches, now, sleep, issues }: ReturnType<typeof deliveryServices>) {
  return {
    digests: store,
    wishes: new WishStore(table),
    ledger,
    batches,
    now,
    sleep,
    breaker,
    askQuota: async () => ({ maxSendRate: 14 }),
    probe: async (): Promise<SubmitOutcome> => ({ kind: 'submitted', messageId: 'probe' }),
    parked: new ParkedMails(table),
    requests: new FakeQueue<RequestedMail>(),
    line: new WaitingLine(table, now),
    rate: async () => 14,
    limits: { perNetwork: 100 },
    tellOutage: async (_outage: Outage | LastOutage): Promise<unknown> => undefined,
    resendWithoutEvidence: 'never' as WatchServices['resendWithoutEvidence'],
    runDigest: new FakeQueue<RunDigestMessage>(),
    plans: new FakeQueue<PlanMessage>(),
    verifications: new FakeQueue<VerifyMessage>(),
    quota: async () => ({ maxSendRate: 14, max24HourSend: 1_000, sentLast24Hours: 0 }),
    deadMailboxes: { counts: async () => new Map<MailboxProvider, number>() },
    slowStarts: new SlowStartStore(table),
    incidentStore: { begin: async () => undefined, settle: async () => undefined },
    incidents: new FakeQueue<IncidentMessage>(),
    eventChannel: {
      isProvenSince: async (_since: number): Promise<boolean> => true,
      carriesSince: async (_since: number): Promise<boolean> => true,
    },
    catchUpSlot: async () => undefined,
    tellEditors: async (ids: readonly string[]) => Promise.all(ids.map((id) => store.claimNotice(id, 'report'))),
    publish: (digest: Digest) => publishDigest(digest, { digests: store, issues, announce: async () => undefined, now }),
    finishIfComplete: (id: string) => finishIfComplete(id, { digests: store, issues, ledger, announce: async () => undefined, now }),
  } satisfies WatchServices;
}
