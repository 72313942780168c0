import type { Submission } from '../emulators/ses/local-ses.ts';
import { addressesIn, rawHeader } from '../emulators/ses/mail-headers.ts';
import type { Place } from '../resource-types.ts';
import type { Asked } from './statement.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Who signed a request, or a link: the access key, which here is the role's name. */
export const signerOf = (headers: Headers, url = '/'): string | undefined => {
  const credential = new URL(url, 'http://aws').searchParams.get('X-Amz-Credential');
  return credential?.split('/')[0] ?? / Credential=([^/,\s]+)\//.exec(String(headers.authorization ?? ''))?.[1];
};

/** What a request to DynamoDB asks for, by its header and its JSON. Transactions need what each of their parts needs. */
export function dynamoDbCalls(target: string, body: string, place: Place): Asked[] {
  const operation = target.split('.').at(-1) ?? '';
  const asked = JSON.parse(body) as { TableName?: string; IndexName?: string; RequestItems?: object; TransactItems?: object[] };
  const on = (name: string | undefined, action: string, index?: string): Asked => ({
    action: `dynamodb:${action}`,
    resource: `arn:aws:dynamodb:${place.region}:${place.accountId}:table/${name}${index ? `/index/${index}` : ''}`,
    context: {},
  });
  if (asked.RequestItems) return Object.keys(asked.RequestItems).map((name) => on(name, operation));
  if (asked.TransactItems)
    return asked.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => on(TableName, kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`)),
    );
  return [on(asked.TableName, operation, asked.IndexName)];
}

/** The batch forms of SQS's calls are allowed by the plain ones. */
export function sqsCalls(target: string, body: string, { region, accountId }: Place): Asked[] {
  const action = (target.split('.').at(-1) ?? '').replace(/Batch$/, '');
  const { QueueUrl = '' } = JSON.parse(body) as { QueueUrl?: string };
  return [{ action: `sqs:${action}`, resource: `arn:aws:sqs:${region}:${accountId}:${QueueUrl.split('/').at(-1)}`, context: {} }];
}

/**
 * SES asks for the sender's identity and the configuration set, and in the sandbox for the identities of the recipients as well.
 * https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-policies.html
 */
export function sesCalls(
  { source, raw, destinations, configurationSet }: Submission,
  identities: readonly string[],
  place: Place,
): Asked[] {
  const from = addressesIn(source ?? rawHeader(raw, 'From') ?? '')[0] ?? '';
  const named = (kind: string, name: string) => `arn:aws:ses:${place.region}:${place.accountId}:${kind}/${name}`;
  const context = { 'ses:fromaddress': from, ...(destinations[0] && { 'ses:recipients': destinations[0] }) };
  const resources = [
    ...new Set(identities).values().map((identity) => named('identity', identity)),
    ...(configurationSet ? [named('configuration-set', configurationSet)] : []),
  ];
  return resources.map((resource) => ({ action: 'ses:SendRawEmail', resource, context }));
}

const objectActions: Record<string, string> = { GET: 's3:GetObject', HEAD: 's3:GetObject', PUT: 's3:PutObject', POST: 's3:PutObject' };

/** A request for an object, by the path style that the SDK uses here. Without a key it is about the bucket. */
export function s3Call(method: string, bucket: string, key: string): Asked {
  const resource = `arn:aws:s3:::${bucket}`;
  if (key === '') return { action: 's3:ListBucket', resource, context: {} };
  return { action: objectActions[method] ?? `s3:${method}`, resource: `${resource}/${key}`, context: {} };
}
