const resourceNames = [
  'TABLE_NAME',
  'PUBLIC_ORIGIN',
  'IDENTITY_KEY_SECRET',
  'TOKEN_KEYS_SECRET',
  'ORIGIN_KEY_SECRET',
  'CONFIRMATION_QUEUE_URL',
  'DELIVER_BATCHES_QUEUE_URL',
  'WORK_QUEUE_URL',
  'LISTS_BUCKET',
  'IMAGES_BUCKET',
  'UPLOADS_BUCKET',
  'SES_EVENTS_QUEUE_URL',
  'SES_EVENTS_DEAD_LETTERS_URL',
  'CONFIGURATION_SET',
  'SIGN_IN_ORIGIN',
  'USER_POOL_ID',
  'USER_POOL_CLIENT_ID',
  'USER_POOL_KEYS_URL',
] as const;

/** Lambda says which region it runs in, and everything else is in the same. */
export const region = (): string => process.env.AWS_REGION ?? 'us-east-1';

/** Two newsletters in one region count apart, each under the name of its stack. */
export const metricsNamespace = (): string => process.env.POWERTOOLS_METRICS_NAMESPACE ?? 'Periodical';

/** The name of a resource that the stack wired to this function; a missing one is a fault of the wiring, not of a caller. */
export function resource(name: (typeof resourceNames)[number]): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set: grant this function the resource in infra/.`);
  return value;
}
