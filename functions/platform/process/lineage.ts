import { AsyncLocalStorage } from 'node:async_hooks';

/*
 * How many messages in a row led to the work at hand, each sent while the one before was handled. Lambda cuts such chains after
 * sixteen unless a function's RecursiveLoop is `Allow`
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html). Functions that put their own work back have that, so
 * the chain is counted here and has a bound of its own.
 */

/** Work in turns of five seconds would take more than a day to get so far. Whatever does, goes round in a circle. */
export const maxLineage = 20_000;

/** The name of the message attribute (SQS) that carries the count. */
export const lineageAttribute = 'Lineage';

const here = new AsyncLocalStorage<number>();

/** Does the work of messages; whatever it sends is one further than the furthest of them. */
export const withLineage = <Value>(lineage: number, work: () => Value): Value => here.run(lineage, work);

/** What a message that is sent now carries. */
export const nextLineage = () => (here.getStore() ?? 0) + 1;
