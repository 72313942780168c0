import { pathToFileURL } from 'node:url';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

// One execution environment of a function, as Lambda runs it: takes messages off its queue, hands them to the bundled
// handler, deletes them, and tells what the process cost.

const [bundle = '', queueUrl = '', batchSize = '1', timeoutSeconds = '120'] = process.argv.slice(2);
const queue = new SQSClient({});
type Answer = { batchItemFailures: { itemIdentifier: string }[] };
const { handler } = (await import(pathToFileURL(bundle).href)) as { handler: (event: object, context: object) => Promise<Answer> };

const timeoutMs = Number(timeoutSeconds) * 1_000;
let invocations = 0;
let busyMs = 0;
let peakBytes = 0;
const notePeak = () => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
};
setInterval(notePeak, 20).unref();

process.on('disconnect', () => process.exit());
process.on('message', ({ collect = false }: { collect?: boolean }) => {
  const { user, system } = process.cpuUsage();
  const cost = { cpuMs: (user + system) / 1_000, peakMb: peakBytes / 2 ** 20, invocations, busyMs };
  if (!collect) return process.send?.(cost);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ ...cost, liveMb: (heapUsed + external) / 2 ** 20 });
});
process.send?.({ ready: true });

const asked = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: Number(batchSize), WaitTimeSeconds: 5 });
for (;;) {
  const { Messages: messages = [] } = await queue.send(asked);
  if (messages.length === 0) continue;
  const began = performance.now();
  const context = { getRemainingTimeInMillis: () => timeoutMs - (performance.now() - began), awsRequestId: 'r', functionName: 'f' };
  const { batchItemFailures } = await handler(
    { Records: messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body, eventSource: 'aws:sqs' })) },
    context,
  );
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} messages failed.`);
  invocations += 1;
  busyMs += performance.now() - began;
  const handled = messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
  await queue.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: handled }));
}
