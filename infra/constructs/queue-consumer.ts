import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { FunctionName } from '../bundling/functions.ts';
import type { Alarms } from '../parts/alarms.ts';
import { NewsletterFunction, type NewsletterFunctionProps } from './newsletter-function.ts';

type QueueConsumerProps = NewsletterFunctionProps & {
  /** The environment variable by which senders know the queue's address. */
  variable: string;
  settings: Pick<Settings, 'logRetentionDays' | 'maxConcurrency'>;
  batchSize?: number;
  /** How often a message may be taken off the queue before it counts as one that nobody can handle. */
  maxReceives?: number;
  /** How long SQS may gather messages for a batch. */
  gather?: Duration;
  alarms: Alarms;
  /** Whom dead letters hurt, for the alarm. */
  impact: string;
};

/**
 * Lambda takes a message off the queue before it knows whether a function is free. In a new account, where ten functions run at once,
 * a busy minute costs a message some of its receives, so it may have more than the five that AWS advises at least.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const usualReceives = 10;

/** A queue with its dead letters, and the one function that takes messages off it. */
export class QueueConsumer extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly worker: NewsletterFunction;
  readonly #variable: string;

  constructor(
    scope: Construct,
    id: string,
    { variable, batchSize = 1, maxReceives = usualReceives, gather, alarms, impact, ...worker }: QueueConsumerProps,
  ) {
    super(scope, id);
    this.#variable = variable;
    this.deadLetters = deadLettersOf(this, alarms, { worker: worker.name, impact });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Lambda's own advice: a throttled poller may try six times before a message shows up a second time.
      visibilityTimeout: Duration.seconds(worker.timeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
    this.worker = new NewsletterFunction(this, 'Worker', worker);
    this.worker.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], this.queue.queueArn);
    new EventSourceMapping(this, 'Source', {
      target: this.worker.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency: worker.settings.maxConcurrency,
      reportBatchItemFailures: true,
      ...(gather && { maxBatchingWindow: gather }),
    });
  }

  /** Lets a function see whether anything waits here or among the dead letters, and tells it where both are. */
  showLengthTo(watcher: NewsletterFunction) {
    watcher.allow(['sqs:GetQueueAttributes'], this.queue.queueArn, this.deadLetters.queueArn);
    watcher.tell(this.#variable, this.queue.queueUrl);
    watcher.tell(this.#variable.replace('_QUEUE_URL', '_DEAD_LETTERS_URL'), this.deadLetters.queueUrl);
  }

  /** Lets a function put messages on the queue, and tells it where the queue is. */
  acceptFrom(sender: NewsletterFunction) {
    if (sender === this.worker) sender.mayWakeItself();
    sender.allow(['sqs:SendMessage'], this.queue.queueArn);
    sender.tell(this.#variable, this.queue.queueUrl);
  }
}

/** A queue for what could not be handled, kept for two weeks, with an alarm from the first message on. */
export function deadLettersOf(scope: Construct, alarms: Alarms, told: { worker: FunctionName; impact: string }): Queue {
  const queue = new Queue(scope, 'DeadLetters', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  alarms.whenDeadLetters(queue, told);
  return queue;
}
