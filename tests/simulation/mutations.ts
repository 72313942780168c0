/** One fault in the production code, put there on purpose: the simulation must notice it. */
export type Mutation = { name: string; file: string; replace: string; by: string };

export const mutations: readonly Mutation[] = [
  {
    name: 'anybody may claim what is claimed',
    file: 'functions/deliveries/ledger.ts',
    replace: "condition: '#state = :planned OR (#state = :claimed AND claimId = :claimId)',",
    by: "condition: '#state = :planned OR #state = :claimed OR claimId = :claimId',",
  },
  {
    name: 'settles unconditionally',
    file: 'functions/deliveries/ledger.ts',
    replace: "condition: '#state = :claimed AND attempt = :attempt AND claimId = :claimId',",
    by: "condition: ':claimed = :claimed AND :attempt = :attempt AND :claimId = :claimId',",
  },
  {
    name: 'sends again after a reset',
    file: 'functions/mail/submit-outcome.ts',
    replace: "return { kind: neverConnected(error as SdkError) ? 'not_sent' : 'unknown', reason };",
    by: "return { kind: 'not_sent', reason };",
  },
  {
    name: 'takes an answer in the 500s for a no',
    file: 'functions/mail/submit-outcome.ts',
    replace: "if (status !== undefined) return { kind: 'unknown', reason };",
    by: "if (status !== undefined) return { kind: 'not_sent', reason };",
  },
  {
    name: 'records no send event',
    file: 'functions/feedback/record-ses-events.ts',
    replace: "  Send: 'sent',\n",
    by: '',
  },
  {
    name: 'ignores the attempt in an event',
    file: 'functions/feedback/record-ses-events.ts',
    replace: 'const { digest, shard, order, attempt } = position;',
    by: 'const { digest, shard, order } = position;\n    const attempt = 1;',
  },
  {
    name: 'fan-out walks on after its own page',
    file: 'functions/deliveries/fan-out-digest.ts',
    replace: 'if (order.through !== through) walk = readersAfter(from);',
    by: '',
  },
  {
    name: 'fan-out overwrites orders',
    file: 'functions/deliveries/ledger.ts',
    replace: "{ expression: 'attribute_not_exists(pk)' },",
    by: "{ expression: 'attribute_not_exists(nothing)' },",
  },
  {
    name: 'sends again without a probe',
    file: 'functions/deliveries/event-channel.ts',
    replace: 'const tells = typeof sentAt',
    by: 'if (since > 0) return true;\n    const tells = typeof sentAt',
  },
  {
    name: 'takes a probe that was sent for one that came back',
    file: 'functions/deliveries/event-channel.ts',
    replace: "if (tells && typeof seenAt === 'number') return this.#services.drained();",
    by: 'if (tells) return true;',
  },
  {
    name: 'sends again under never',
    file: 'functions/deliveries/resolve-unknown.ts',
    replace: "resendWithoutEvidence === 'never' || ",
    by: '',
  },
  {
    name: 'returns with a send in flight',
    file: 'functions/mail/ses-mailer.ts',
    replace: '  await Promise.all(begun);\n',
    by: '',
  },
  {
    name: 'acknowledges without a new message, and nobody watches planned orders',
    file: 'functions/deliveries/watch-digests.ts',
    replace: 'if (ready.length > 0 && (await orders.isEmpty())) await orders.sendAll(ready.map(orderMessage));',
    by: '',
  },
  {
    name: 'a hold is a flag that anybody lifts',
    file: 'functions/digests/digest-store.ts',
    replace: "values: { ':hold': new Set([hold]), ':open': 'open' },",
    by: "values: { ':hold': new Set(['hold period', 'editor', 'quota', 'brake', 'fault', 'cancel']), ':open': 'open' },",
  },
  {
    name: 'plans again what a dead worker may have sent',
    file: 'functions/deliveries/watch-digests.ts',
    replace: 'outcomes.submitted : outcomes.unknown;',
    by: 'outcomes.submitted : outcomes.open;',
  },
  {
    name: 'the pace is read, then written',
    file: 'functions/mail/pace.ts',
    replace: "condition: 'attribute_not_exists(nextFree) OR nextFree < :earliest',",
    by: "condition: 'attribute_not_exists(nothing) OR nextFree < :earliest',",
  },
  {
    name: 'uses up slots that have passed',
    file: 'functions/deliveries/deliver.ts',
    replace: 'row.lapsed = now().getTime() > slot.until;',
    by: 'row.lapsed = false;',
  },
  {
    name: 'mails who has left',
    file: 'functions/subscribers/subscriber-store.ts',
    replace: "readers.filter((reader) => reader.state === 'confirmed').map(",
    by: "readers.filter((reader) => 'address' in reader).map(",
  },
  {
    name: 'anybody may go along with the canary',
    file: 'functions/digests/digest.ts',
    replace: "hold === 'canary' && canary !== undefined && isInCanary(canary, order)",
    by: "hold === 'canary' && (canary === undefined || order.order >= 0)",
  },
];
