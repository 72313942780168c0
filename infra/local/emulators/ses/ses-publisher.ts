import type { LocalStack } from '../../local-stack.ts';
import { read } from '../../template.ts';
import type { AcceptedMessage, SesBooks } from './ses-books.ts';
import { matchingEventType, sesEvent } from './ses-events.ts';

type Destination = { configurationSet: string; topicArn: string; types: Set<string> };

export type PublisherParts = {
  stack: LocalStack;
  books: SesBooks;
  publish: (topicArn: string, message: string, subject?: string) => void;
  now: () => Date;
};

/** Messages told of at a time, so that a digest of thousands does not keep everything else waiting. */
const atATime = 50;

/**
 * Publishes what SES owes: the events of accepted messages, to the topics of their configuration set, for the types
 * it asks for. A message leaves the books' debts only afterwards, so a killed run tells some twice and none never.
 */
export class SesPublisher {
  readonly #parts: PublisherParts;
  readonly #destinations: Destination[];
  #scheduled = false;
  #closed = false;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#destinations = destinationsIn(parts.stack);
    for (const { topicArn } of this.#destinations)
      if (parts.books.greets(topicArn))
        parts.publish(
          topicArn,
          'Successfully validated SNS topic for Amazon SES event publishing.',
          'Amazon SES Event Publishing Notification',
        );
    this.publishSoon();
  }

  publishSoon = () => {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#closed) this.#publish();
    });
  };

  close() {
    this.#closed = true;
  }

  #publish() {
    const { books } = this.#parts;
    const due = books.owedFirst(atATime);
    if (due.length === 0) return;
    for (const message of due) this.#tell(message);
    books.published(due.map(({ id }) => id));
    if (books.owedCount > 0) this.publishSoon();
  }

  #tell(message: AcceptedMessage) {
    const { stack, publish, now } = this.#parts;
    const place = { region: stack.place.region, accountId: stack.place.accountId, now: now() };
    for (const { configurationSet, topicArn, types } of this.#destinations) {
      if (configurationSet !== message.configurationSet) continue;
      for (const event of message.events) {
        if (!types.has(matchingEventType(event))) continue;
        publish(topicArn, JSON.stringify(sesEvent(message, event, place)), 'Amazon SES Email Event Notification');
      }
    }
  }
}

function destinationsIn(stack: LocalStack): Destination[] {
  return stack.ofType('AWS::SES::ConfigurationSetEventDestination').flatMap(({ properties }) => {
    const destination = read.object(properties, 'EventDestination');
    const topicArn = read.text(read.object(destination, 'SnsDestination'), 'TopicARN');
    if (!topicArn || read.text(destination, 'Enabled') === 'false') return [];
    const types = new Set(read.texts(destination, 'MatchingEventTypes').map((type) => type.replaceAll('_', '').toUpperCase()));
    return [{ configurationSet: read.text(properties, 'ConfigurationSetName') ?? '', topicArn, types }];
  });
}
