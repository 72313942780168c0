import * as z from 'zod';

/** Mail programs and SES itself leave fields out or null; a time we cannot read is as good as none. */
const Text = z.string().nullish();
const Time = z.iso.datetime({ offset: true }).nullish().catch(undefined);
const Tags = z.record(z.string(), z.array(z.string())).default({});

/**
 * An event as SES publishes it; fields and kinds we do not know are kept, not refused.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const SesEvent = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({ messageId: z.string(), timestamp: Time, destination: z.array(z.string()).default([]), tags: Tags }),
  bounce: z
    .looseObject({
      bounceType: z.string().default(''),
      bounceSubType: z.string().default(''),
      bouncedRecipients: z.array(z.looseObject({ status: Text, diagnosticCode: Text })).default([]),
    })
    .optional(),
  complaint: z.looseObject({ complaintFeedbackType: Text, complaintSubType: Text, timestamp: Time }).optional(),
  reject: z.looseObject({ reason: Text }).optional(),
});
export type SesEvent = z.infer<typeof SesEvent>;

/** SNS wraps what it delivers to a queue, unless raw delivery is on. */
const Envelope = z.looseObject({ Type: z.literal('Notification'), Message: z.string() });

/**
 * The event in a queue message's body, wrapped or raw; undefined for what is no event, such as the line of plain text that
 * SES sends first to a new topic.
 */
export function sesEventIn(body: string): SesEvent | undefined {
  const outer = parsed(body);
  const envelope = Envelope.safeParse(outer);
  const event = SesEvent.safeParse(envelope.success ? parsed(envelope.data.Message) : outer);
  return event.success ? event.data : undefined;
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
  shard: z.string().regex(/^[0-9a-f]$/),
  order: z.coerce.number().int().min(0),
  position: z.coerce.number().int().min(0),
  attempt: z.coerce.number().int().min(1),
});
export type TaggedPosition = z.infer<typeof Position>;

/** Which position of which digest the event is about, if it is about a digest's mail. */
export function positionOf({ mail: { tags } }: SesEvent): TaggedPosition | undefined {
  const position = Position.safeParse(Object.fromEntries(Object.entries(tags).map(([name, [value]]) => [name, value])));
  return position.success ? position.data : undefined;
}

/** Whose address the mail went to, where no order says so: outside a digest, and in one to whoever has moved since it was planned. */
export const readerOf = ({ mail: { tags } }: SesEvent): string | undefined => tags.reader?.[0];

/** The probe whose acceptance the event tells of. */
export const probeOf = ({ eventType, mail: { tags } }: SesEvent): string | undefined =>
  eventType === 'Send' ? tags.probe?.[0] : undefined;
