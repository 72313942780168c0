import * as z from 'zod';
import { roundTripTag } from '../deliveries/event-channel/round-trip.ts';
import { shardName } from '../platform/keys.ts';

/** Mail programs and SES itself leave fields out or null; a time that cannot be read counts as none. */
const Text = z.string().nullish();
const Name = Text.transform((text) => text ?? '');
const Time = z.iso.datetime({ offset: true }).nullish().catch(undefined);
const Tags = z
  .record(z.string(), z.array(z.string()).nullish().catch(undefined))
  .nullish()
  .transform((tags) => Object.fromEntries(Object.entries(tags ?? {}).map(([name, values]) => [name, values ?? []])));
const orNothing = <Shape extends z.ZodType>(shape: Shape) => shape.nullish().transform((value) => value ?? undefined);
const list = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .array(shape)
    .nullish()
    .transform((items) => items ?? []);

/**
 * An event as SES publishes it; fields and kinds we do not know are kept, not refused. Notifications of an identity, which are older,
 * call `eventType` by another name and have no tags.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 * https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
 */
export const SesEvent = z
  .looseObject({
    eventType: Text,
    notificationType: Text,
    mail: z.looseObject({ messageId: z.string(), timestamp: Time, destination: list(z.string()), tags: Tags }),
    bounce: orNothing(
      z.looseObject({
        bounceType: Name,
        bounceSubType: Name,
        bouncedRecipients: list(z.looseObject({ status: Text, diagnosticCode: Text })),
      }),
    ),
    complaint: orNothing(z.looseObject({ complaintFeedbackType: Text, complaintSubType: Text, timestamp: Time })),
    reject: orNothing(z.looseObject({ reason: Text })),
  })
  .transform(({ notificationType, ...event }) => ({ ...event, eventType: event.eventType || (notificationType ?? '') }))
  .refine(({ eventType }) => eventType !== '', { path: ['eventType'] });
export type SesEvent = z.infer<typeof SesEvent>;

/** An event, and the queue's id of the message that it came in. */
export type ReceivedEvent = { id: string; event: SesEvent };

/** SNS wraps what it delivers to a queue, unless raw delivery is on; EventBridge wraps what it passes on. */
const FromSns = z.looseObject({ Type: z.literal('Notification'), Message: z.string() });
const FromEventBridge = z.looseObject({ source: z.literal('aws.ses'), detail: z.looseObject({}) });

/** What SES says to a topic that it is told to use, before and instead of any event: a line of text, or a notification about no mail. */
const greeting = 'Successfully validated SNS topic';
const Greeting = z.looseObject({ notificationType: z.literal('AmazonSnsSubscriptionSucceeded') });

/** The event in a queue message's body, wrapped or raw; `greeting` for what SES says first to a new topic. */
export function sesEventIn(body: string): SesEvent | 'greeting' | 'unreadable' {
  const outer = parsed(body);
  const sns = FromSns.safeParse(outer);
  const text = sns.success ? sns.data.Message : body;
  const inner = sns.success ? parsed(text) : outer;
  if (text.startsWith(greeting) || Greeting.safeParse(inner).success) return 'greeting';
  const bridge = FromEventBridge.safeParse(inner);
  const event = SesEvent.safeParse(bridge.success ? bridge.data.detail : inner);
  return event.success ? event.data : 'unreadable';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Position = z.object({
  digest: z.string(),
  shard: z.string().regex(shardName),
  batch: z.coerce.number().int().min(0),
  position: z.coerce.number().int().min(0),
  attempt: z.coerce.number().int().min(1),
});
export type TaggedPosition = z.infer<typeof Position>;

/** Which position of which digest the event is about, if it is about a digest's mail. */
export function positionOf({ mail: { tags } }: SesEvent): TaggedPosition | undefined {
  const position = Position.safeParse(Object.fromEntries(Object.entries(tags).map(([name, [value]]) => [name, value])));
  return position.success ? position.data : undefined;
}

/** Whose address the mail went to, where no batch says so: outside a digest, and in one for readers who have moved since it was planned. */
export const readerOf = ({ mail: { tags } }: SesEvent): string | undefined => tags.reader?.[0];

/** The round trip that the event is a part of. */
export const roundTripOf = ({ mail: { tags } }: SesEvent): string | undefined => tags[roundTripTag]?.[0];

/** The probe whose acceptance the event tells of. */
export const probeOf = ({ eventType, mail: { tags } }: SesEvent): string | undefined =>
  eventType === 'Send' ? tags.probe?.[0] : undefined;
