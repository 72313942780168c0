const resourceNames = [
  'TABLE_NAME',
  'PUBLIC_ORIGIN',
  'IDENTITY_KEY_SECRET',
  'TOKEN_KEYS_SECRET',
  'ORIGIN_KEY_SECRET',
  'CONFIRMATION_QUEUE_URL',
  'RUN_DIGEST_QUEUE_URL',
  'FAN_OUT_QUEUE_URL',
  'DELIVER_ORDERS_QUEUE_URL',
  'KEEP_IMAGES_QUEUE_URL',
  'IMPORT_QUEUE_URL',
  'EXPORT_QUEUE_URL',
  'COUNT_FIGURES_QUEUE_URL',
  'LISTS_BUCKET',
  'IMAGES_BUCKET',
  'UPLOADS_BUCKET',
  'SES_EVENTS_QUEUE_URL',
  'SES_EVENTS_DEAD_LETTERS_URL',
  'CONFIGURATION_SET',
  'SIGN_IN_ORIGIN',
  'USER_POOL_CLIENT_ID',
  'EDITORS_GROUP',
] as const;

/** The name of a resource that the stack wired to this function; a missing one is a fault of the wiring, not of a caller. */
export function resource(name: (typeof resourceNames)[number]): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set: grant this function the resource in infra/.`);
  return value;
}
