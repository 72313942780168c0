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
    name: 'acknowledges what it puts back without a new message',
    file: 'functions/deliveries/deliver.ts',
    replace: "if (state === 'planned' && stop?.why !== 'held') await orders.send(",
    by: "if (state === 'settled' && stop?.why !== 'held') await orders.send(",
  },
  {
    name: 'acknowledges what it does not begin without a new message',
    file: 'functions/deliveries/deliver-orders.ts',
    replace: 'else await orders.send(wakeUp.message);',
    by: '',
  },
  {
    name: 'nobody looks for planned orders whose message was lost',
    file: 'functions/deliveries/watch-digests.ts',
    replace:
      'else if (holds.size === 0 && planned.length > 0 && (await orders.isEmpty())) await orders.sendAll(planned.map(orderMessage));',
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
    name: 'the line begins anew under everybody who finds it idle',
    file: 'functions/mail/pace.ts',
    replace: "condition: 'attribute_not_exists(nextFree) OR nextFree < :earliest',",
    by: "condition: 'attribute_not_exists(nothing) OR nextFree < :earliest',",
  },
  {
    name: 'the pace is read, then written',
    file: 'functions/mail/pace.ts',
    replace: `    const item = await this.#services.table.update(keys.pace, {
      set: 'SET nextFree = nextFree + :length',
      condition: 'nextFree BETWEEN :earliest AND :latest',
      values: { ':length': length, ':earliest': now - behind, ':latest': now + horizon },
    });`,
    by: `    const { nextFree = 0 } = (await this.#services.table.get(keys.pace)) ?? {};
    if (Number(nextFree) < now - behind || Number(nextFree) > now + horizon) return undefined;
    const item = await this.#services.table.update(keys.pace, {
      set: 'SET nextFree = :next',
      values: { ':next': Number(nextFree) + length },
    });`,
  },
  {
    name: 'does not look at its lease before a send',
    file: 'functions/deliveries/deliver.ts',
    replace: 'order.leaseUntil - services.now().getTime() > leaseReserve && ',
    by: '',
  },
  {
    name: 'closes a claim before its lease is over',
    file: 'functions/deliveries/watch-digests.ts',
    replace: '(order.leaseUntil ?? 0) + graceMilliseconds < now',
    by: '(order.leaseUntil ?? 0) - 180_000 < now',
  },
  {
    name: 'a second attempt does not read the evidence',
    file: 'functions/deliveries/deliver.ts',
    replace: 'if (order.attempt > 1) settleByEvidence(',
    by: 'if (order.attempt > 1_000) settleByEvidence(',
  },
  {
    name: 'a probe proves the channel although events wait in it',
    file: 'functions/deliveries/event-channel.ts',
    replace: "if (tells && typeof seenAt === 'number') return this.#services.drained();",
    by: "if (tells && typeof seenAt === 'number') return true;",
  },
  {
    name: 'takes no answer for a yes',
    file: 'functions/deliveries/deliver.ts',
    replace: 'letters[position] = outcomes[answer.kind];',
    by: "letters[position] = outcomes[answer.kind === 'unknown' ? 'submitted' : answer.kind];",
  },
  {
    name: 'takes down one position of a batch of events',
    file: 'functions/deliveries/ledger.ts',
    replace: 'new Set(positions)]',
    by: 'new Set(positions.slice(0, 1))]',
  },
  {
    name: 'what came in part is taken for everything',
    file: 'functions/platform/table.ts',
    replace: '...((page.UnprocessedKeys?.[this.name]?.Keys ?? []) as typeof wanted)];',
    by: '];',
  },
  {
    name: 'goes on sending while it is held',
    file: 'functions/deliveries/deliver.ts',
    replace: "if (await isHeld(order.digest, services)) row.end = 'held';\n    else if",
    by: 'if',
  },
  {
    name: 'ends with a shard that is not planned',
    file: 'functions/deliveries/finish-digest.ts',
    replace: ' || (await ledger.fannedOut(id)).size < shards.length',
    by: '',
  },
  {
    name: 'plans who joined later',
    file: 'functions/subscribers/subscriber-store.ts',
    replace: " && typeof confirmedAt === 'string' && confirmedAt <= frozen }",
    by: ' }',
  },
  {
    name: 'nobody closes the orders of dead workers',
    file: 'functions/deliveries/watch-digests.ts',
    replace: 'for (const order of abandoned) await closeAbandoned(order as ClaimedOrder, services);',
    by: '',
  },
  {
    name: 'uses up slots that have passed',
    file: 'functions/deliveries/deliver.ts',
    replace: "if (now().getTime() > slot.until) row.end = 'lapsed';\n    else if",
    by: 'if',
  },
  {
    name: 'mails who has left',
    file: 'functions/subscribers/subscriber-store.ts',
    replace: "readers.filter((reader) => reader.state === 'confirmed').map(",
    by: "readers.filter((reader) => 'address' in reader).map(",
  },
];
