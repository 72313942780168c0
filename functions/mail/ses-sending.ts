import type { SESClient } from '@aws-sdk/client-ses';
import { type Now, type Sleep, sleep as sleepNow } from '../platform/clock.ts';
import type { Table } from '../platform/table.ts';
import { Breaker } from './breaker.ts';
import type { Mailer } from './mailer.ts';
import { Pace } from './pace.ts';
import { getSendQuota, withinLimit } from './send-quota.ts';
import { sesMailer } from './ses-mailer.ts';

export type SesSendingServices = {
  client: Pick<SESClient, 'send'>;
  configurationSet: string;
  table: Table;
  /** The newsletter's own limit of mails in 24 hours; asked for with SES's quota, about once a minute. */
  dailyLimit: () => Promise<number | undefined>;
  now?: Now;
  sleep?: Sleep;
};

/** What one process sends with. The three belong together: the mailer tells the breaker what SES answers, and the pace asks it. */
export type SesSending = { breaker: Breaker; pace: Pace; mailer: Mailer };

export function sesSending(services: SesSendingServices): SesSending {
  const { client, configurationSet, table, dailyLimit, now = () => new Date(), sleep = sleepNow } = services;
  const breaker = new Breaker({ table, now });
  const sendQuota = async () => withinLimit(await getSendQuota(client), await dailyLimit());
  return {
    breaker,
    pace: new Pace({ table, breaker, sendQuota, now, sleep }),
    mailer: sesMailer({ client, configurationSet, breaker }),
  };
}
