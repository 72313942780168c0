import { randomBytes } from 'node:crypto';
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import {
  beginRoundTrip,
  eventsOfRoundTrip,
  type RoundTripEvent,
  roundTripTag,
} from '../../../functions/deliveries/event-channel/round-trip.ts';
import { epochSeconds } from '../../../functions/platform/clock.ts';
import { resourceOf } from '../deployment/deployed-stack.ts';
import { type CliFinding, good, trouble, wait } from '../frame/cli-finding.ts';
import { type Check, type Patient, tableOf } from './check.ts';

/** SES's mailbox simulator, and the event that each of its addresses must cause. Such mails count for no quota and no reputation. */
const trips: readonly { to: string; event: RoundTripEvent }[] = [
  { to: 'success@simulator.amazonses.com', event: 'Delivery' },
  { to: 'bounce@simulator.amazonses.com', event: 'Bounce' },
  { to: 'complaint@simulator.amazonses.com', event: 'Complaint' },
];

const secondsBetweenLooks = 3;
const patienceSeconds = 120;
const hourSeconds = 3_600;

/**
 * Mails to the simulator from the newsletter's sender, until what SES reports of them has gone its whole way: configuration set, topic,
 * queue, `record-ses-events`, table.
 */
export const checkRoundTrip: Check = async (patient) => {
  const { now, sleep } = patient.context;
  const table = tableOf(patient);
  const began = now().getTime();
  const ids = trips.map(() => randomBytes(9).toString('hex'));
  for (const [n, { to }] of trips.entries()) {
    await beginRoundTrip(ids[n] ?? '', epochSeconds(now()) + hourSeconds, table);
    const fault = await send(to, ids[n] ?? '', patient);
    if (fault) return [fault];
  }
  for (;;) {
    const seen = await Promise.all(ids.map((id) => eventsOfRoundTrip(id, table)));
    const missing = trips.filter(({ event }, n) => !seen[n]?.includes(event)).map(({ event }) => event);
    const seconds = Math.round((now().getTime() - began) / 1_000);
    if (missing.length === 0) return [good('round_trip', { seconds })];
    if (seconds >= patienceSeconds) return [trouble('round_trip_lost', { missing, seconds })];
    await sleep(secondsBetweenLooks * 1_000);
  }
};

async function send(to: string, id: string, { aws, deployed, settings }: Patient): Promise<CliFinding | undefined> {
  const text = { Data: `periodical doctor: ${id}`, Charset: 'UTF-8' };
  try {
    await aws.ses.send(
      new SendEmailCommand({
        FromEmailAddress: settings.sender.address,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: text, Body: { Text: text } } },
        ConfigurationSetName: resourceOf(deployed, 'AWS::SES::ConfigurationSet'),
        EmailTags: [{ Name: roundTripTag, Value: id }],
      }),
    );
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    // Until SES has found the records of the domain, it refuses the sender.
    if (name === 'MessageRejected' && /not verified/i.test(message)) return wait('round_trip_not_sent', { message });
    if (['MessageRejected', 'MailFromDomainNotVerifiedException', 'AccountSuspendedException', 'SendingPausedException'].includes(name))
      return trouble('round_trip_not_sent', { message });
    throw error;
  }
}
