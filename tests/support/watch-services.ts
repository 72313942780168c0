import { BrakeReadings } from '../../functions/deliveries/brake/brake-readings.ts';
import { finishIfComplete } from '../../functions/deliveries/finish-digest.ts';
import type { WatchServices } from '../../functions/deliveries/watch-digests.ts';
import type { FanOutMessage, RunDigestMessage } from '../../functions/digests/digest-messages.ts';
import { type deliveryServices, FakeQueue } from './delivery-services.ts';

/** What `watch-digests` works with, over a test's ledger and queue; mails to editors are taken as sent. */
export function watchServices({ store, ledger, orders, now, issues }: ReturnType<typeof deliveryServices>) {
  return {
    ...{ digests: store, ledger, orders, now, resendWithoutEvidence: 'never' as WatchServices['resendWithoutEvidence'] },
    runDigest: new FakeQueue<RunDigestMessage>(),
    fanOut: new FakeQueue<FanOutMessage>(),
    quota: async () => ({ maxSendRate: 14, max24HourSend: 1_000, sentLast24Hours: 0 }),
    brakeReadings: new BrakeReadings(),
    eventChannel: {
      isProvenSince: async (_since: number): Promise<boolean> => true,
      carriesSince: async (_since: number): Promise<boolean> => true,
    },
    catchUpOccurrence: async () => undefined,
    tellEditors: async (ids: readonly string[]) => Promise.all(ids.map((id) => store.claimNotice(id, 'receipt'))),
    finishIfComplete: (id: string) => finishIfComplete(id, { digests: store, issues, ledger, now }),
  } satisfies WatchServices;
}
