import * as z from 'zod';

const Amount = z.number().nonnegative();

/**
 * What a piece of work asked of AWS: requests to DynamoDB with the capacity units they used, to SQS and to SES; and Lambda's
 * invocations, with their milliseconds by the wall and those times the gigabytes of the function.
 */
export const AwsCalls = z.object({
  reads: Amount,
  readUnits: Amount,
  writes: Amount,
  writeUnits: Amount,
  sqs: Amount,
  ses: Amount,
  invocations: Amount,
  milliseconds: Amount,
  gigabyteMilliseconds: Amount,
});
export type AwsCalls = z.infer<typeof AwsCalls>;

export const noCalls: Readonly<AwsCalls> = {
  reads: 0,
  readUnits: 0,
  writes: 0,
  writeUnits: 0,
  sqs: 0,
  ses: 0,
  invocations: 0,
  milliseconds: 0,
  gigabyteMilliseconds: 0,
};

const kinds = Object.keys(noCalls) as (keyof AwsCalls)[];

export const sumOfCalls = (a: AwsCalls, b: AwsCalls): AwsCalls =>
  Object.fromEntries(kinds.map((kind) => [kind, a[kind] + b[kind]])) as AwsCalls;

/** Nine numbers and eight commas: a batch carries its calls along with its outcomes. */
export const callsText = (calls: AwsCalls): string => kinds.map((kind) => Math.round(calls[kind] * 10) / 10).join(',');

export function callsFrom(text: string): AwsCalls {
  const amounts = text.split(',').map(Number);
  return AwsCalls.parse(Object.fromEntries(kinds.map((kind, n) => [kind, amounts[n]])));
}
