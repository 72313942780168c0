import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsMeter } from '../platform/metering/aws-meter.ts';
import type { Breaker } from './breaker.ts';
import { maskAddressesIn } from './email-address.ts';
import { withLeanRequests } from './lean-request.ts';
import type { Mailer, OutgoingMessage, SubmitOutcome, Turn } from './mailer.ts';
import { outcomeOfFailure } from './submit-outcome.ts';

export type SendingTimeouts = { connectMs: number; answerMs: number };

/**
 * The client that mail is sent with. One attempt: the SDK's default repeats a reset connection, which is mailing twice.
 * `requestTimeout` ends at the answer's headers, so a body that stalls has the socket's time-out. Connections idle for
 * 4 s are closed, because one that SES closed meanwhile makes an unknown of the next message.
 */
export const sendingClient = ({ connectMs, answerMs }: SendingTimeouts = { connectMs: 3_000, answerMs: 10_000 }) =>
  awsMeter.mail(
    withLeanRequests(
      new SESClient({
        maxAttempts: 1,
        requestHandler: new NodeHttpHandler({
          connectionTimeout: connectMs,
          requestTimeout: answerMs,
          throwOnRequestTimeout: true,
          socketTimeout: answerMs,
          httpAgent: { keepAlive: true, maxSockets: 128, timeout: 4_000 },
          httpsAgent: { keepAlive: true, maxSockets: 128, timeout: 4_000 },
        }),
      }),
    ),
  );

export type SesMailerServices = {
  client: Pick<SESClient, 'send'>;
  configurationSet: string;
  /** Learns of every answer; a probe of whether SES can be reached has none. */
  breaker?: Pick<Breaker, 'during'>;
};

/** Hands messages to SES, one SendRawEmail each. */
export const sesMailer = ({ client, configurationSet, breaker }: SesMailerServices): Mailer => ({
  submit: (messages, turn, onOutcome) =>
    submitInTurn(messages, turn, async (message, index) => {
      const send = () => submitOne(client, configurationSet, message);
      const outcome = await (breaker ? breaker.during(send) : send());
      onOutcome?.(index, outcome);
      return outcome;
    }),
});

/** Further messages would be answered the same. */
const endsRow: ReadonlySet<SubmitOutcome['kind']> = new Set(['throttled', 'quota', 'blocked', 'unverified', 'denied']);

async function submitInTurn(
  messages: readonly OutgoingMessage[],
  turn: Turn,
  submit: (message: OutgoingMessage, index: number) => Promise<SubmitOutcome>,
) {
  const outcomes = messages.map((): SubmitOutcome | undefined => undefined);
  const begun: Promise<void>[] = [];
  let open = true;
  for (const [index, message] of messages.entries()) {
    if (!open || (await turnOrStop(turn, begun.length > 0)) === 'stop' || !open) break;
    begun.push(
      submit(message, index).then((outcome) => {
        outcomes[index] = outcome;
        if (endsRow.has(outcome.kind)) open = false;
      }),
    );
  }
  await Promise.all(begun);
  return outcomes;
}

// What SES has accepted must be booked, so an error of the turn ends the row without taking the outcomes with it.
async function turnOrStop(turn: Turn, somethingBegun: boolean) {
  try {
    return await turn();
  } catch (error) {
    if (somethingBegun) return 'stop';
    throw error;
  }
}

async function submitOne(client: Pick<SESClient, 'send'>, configurationSet: string, message: OutgoingMessage): Promise<SubmitOutcome> {
  let command: SendRawEmailCommand;
  try {
    command = sendRawEmail(configurationSet, message);
  } catch (error) {
    // Others of its row are in flight: its fault must not end the wait for them.
    return { kind: 'unsendable', reason: maskAddressesIn(String(error)).slice(0, 300) };
  }
  try {
    const { MessageId } = await client.send(command);
    return MessageId ? { kind: 'submitted', messageId: MessageId } : { kind: 'unknown', reason: 'SES answered without a message id' };
  } catch (error) {
    return outcomeOfFailure(error);
  }
}

const sendRawEmail = (configurationSet: string, { from, to, raw, tags }: OutgoingMessage) =>
  new SendRawEmailCommand({
    Source: from,
    Destinations: [to],
    RawMessage: { Data: raw },
    ConfigurationSetName: configurationSet,
    Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
  });
