/**
 * What AWS asks for in `region`, in US dollars for one of each, without any free tier. From the services' price pages; who
 * deploys elsewhere pays up to a third more.
 */
export const listPrices = {
  region: 'us-east-1',
  asOf: '2026-11-22',
  dollars: {
    /** One recipient of SES. */
    mail: 0.1 / 1_000,
    /** On-demand table: 4 KB read consistently, 1 KB written. An entry of an index that changes is a write of its own. */
    readUnit: 0.125 / 1e6,
    writeUnit: 0.625 / 1e6,
    /** Up to 64 KB of payload each; a batch of ten is one request. */
    queueRequest: 0.4 / 1e6,
    topicPublish: 0.5 / 1e6,
    invocation: 0.2 / 1e6,
    /** On arm64. */
    gigabyteSecond: 0.0000133334,
    /** Of an HTTP API. */
    httpRequest: 1 / 1e6,
    /** One schedule that fires once. */
    scheduledRun: 1 / 1e6,
    logGigabyte: 0.5,
    /** For a month. */
    secret: 0.4,
    alarm: 0.1,
    dashboard: 3,
  },
} as const;

export type Priced = keyof (typeof listPrices)['dollars'];

/** What so much of each costs at list prices, in US dollars. */
export const dollarsFor = (used: Partial<Record<Priced, number>>): number =>
  Object.entries(used).reduce((sum, [kind, amount]) => sum + listPrices.dollars[kind as Priced] * amount, 0);
