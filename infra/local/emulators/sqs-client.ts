/** A message as `ReceiveMessage` gives it. */
export type SqsMessage = {
  MessageId: string;
  ReceiptHandle: string;
  MD5OfBody: string;
  Body: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;
};

/** The few calls that Lambda's pollers make. The SDK's client would check and parse each message once more. */
export class SqsClient {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  async receive(
    queueUrl: string,
    { max, waitSeconds, signal }: { max: number; waitSeconds: number; signal: AbortSignal },
  ): Promise<SqsMessage[]> {
    const answer = await this.#call(
      'ReceiveMessage',
      {
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(max, 10),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      signal,
    );
    return (answer as { Messages?: SqsMessage[] }).Messages ?? [];
  }

  async delete(queueUrl: string, messages: readonly SqsMessage[]): Promise<void> {
    for (let at = 0; at < messages.length; at += 10) {
      const entries = messages.slice(at, at + 10).map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
      await this.#call('DeleteMessageBatch', { QueueUrl: queueUrl, Entries: entries });
    }
  }

  async changeVisibility(queueUrl: string, messages: readonly { receiptHandle: string; seconds: number }[]): Promise<void> {
    for (let at = 0; at < messages.length; at += 10) {
      const entries = messages
        .slice(at, at + 10)
        .map(({ receiptHandle, seconds }, n) => ({ Id: String(n), ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }));
      await this.#call('ChangeMessageVisibilityBatch', { QueueUrl: queueUrl, Entries: entries });
    }
  }

  async setAttributes(queueUrl: string, attributes: Record<string, string>): Promise<void> {
    await this.#call('SetQueueAttributes', { QueueUrl: queueUrl, Attributes: attributes });
  }

  async #call(action: string, body: object, signal?: AbortSignal): Promise<unknown> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
    if (!response.ok) throw new Error(`SQS answered ${action} with ${response.status}: ${await response.text()}`);
    const text = await response.text();
    return text ? JSON.parse(text) : {};
  }
}
