import type { IncomingHttpHeaders } from 'node:http';
import type { Submission } from '../emulators/ses/local-ses.ts';
import type { LocalStack } from '../local-stack.ts';
import type { Place } from '../resource-types.ts';
import { read } from '../template.ts';
import type { GateRules } from './access-gate.ts';
import { dynamoDbCalls, s3Call, sesCalls, signerOf, sqsCalls } from './aws-call.ts';
import { AccessDenied, type Grant, Grants } from './grants.ts';
import type { Asked } from './statement.ts';

/** What signs as this process itself: the emulators, and what tests do to a run. It is AWS's own hand, and not judged. */
const ownHand = 'local';

/** The key with which a function signs: its role's name, by which its calls are judged. One without a role is not judged. */
export const accessKeyOf = (roleArn: string | undefined): string => roleArn?.split('/').at(-1) ?? ownHand;

/** IAM: every call that a function makes is held against the template's policies. A refusal is told to the person at the terminal. */
export class Access {
  readonly denied: string[] = [];
  readonly #grants: Grants;
  readonly #place: Place;
  readonly #show: (line: string) => void;

  constructor(stack: LocalStack, show: (line: string) => void) {
    this.#grants = new Grants(stack);
    this.#place = stack.place;
    this.#show = show;
    // A template without roles is a test's, of a few lines; CloudFormation makes no function without one.
    if (stack.ofType('AWS::IAM::Role').length > 0) this.#judgeConnections(stack);
  }

  get judged(): number {
    return this.#grants.judged;
  }

  grants(): Grant[] {
    return this.#grants.all();
  }

  /** For DynamoDB's emulator. */
  get dynamoDb(): GateRules {
    return {
      judge: ({ headers, body }) =>
        this.#judge(signerOf(headers), () => dynamoDbCalls(String(headers['x-amz-target']), String(body), this.#place)),
      refusal: (message) => ({
        status: 400,
        body: JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', Message: message }),
      }),
    };
  }

  /** For the gate in front of SQS's emulator. */
  get sqs(): GateRules {
    return {
      judge: ({ headers, body }) =>
        this.#judge(signerOf(headers), () => sqsCalls(String(headers['x-amz-target']), String(body), this.#place)),
      refusal: (message) => ({ status: 403, body: JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', message }) }),
    };
  }

  secret(headers: IncomingHttpHeaders, action: string, arn: string) {
    this.#judge(signerOf(headers), () => [{ action: `secretsmanager:${action}`, resource: arn, context: {} }]);
  }

  ses(headers: IncomingHttpHeaders, submission: Submission, identities: readonly string[]) {
    this.#judge(signerOf(headers), () => sesCalls(submission, identities, this.#place));
  }

  sesQuota(headers: IncomingHttpHeaders, action: string) {
    this.#judge(signerOf(headers), () => [{ action: `ses:${action}`, resource: '*', context: {} }]);
  }

  /** An object, or a bucket where `key` is empty. `signer`: who signed the request, link or form. */
  object(signer: string | undefined, method: string, bucket: string, key: string) {
    this.#judge(signer, () => [s3Call(method, bucket, key)]);
  }

  /** Whether a call would pass; not counted as one, and nothing is told. */
  may(signer: string | undefined, asked: Asked): boolean {
    if (signer === undefined || signer === ownHand) return true;
    try {
      this.#grants.judge(signer, asked);
      return true;
    } catch {
      return false;
    }
  }

  #judge(signer: string | undefined, calls: () => Asked[]) {
    if (signer === undefined || signer === ownHand) return;
    try {
      for (const asked of calls()) this.#grants.judge(signer, asked);
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      this.denied.push(error.message);
      this.#show(`IAM: ${error.message}`);
      throw error;
    }
  }

  /** What AWS's services do to one another goes on without a caller, so it is judged once, at the start: a refusal stops it. */
  #judgeConnections(stack: LocalStack) {
    const { accountId } = this.#place;
    const account = { 'aws:sourceaccount': accountId };
    for (const { properties } of stack.ofType('AWS::SNS::Subscription'))
      if (read.text(properties, 'Protocol') === 'sqs')
        this.#grants.judgeService('sns.amazonaws.com', {
          action: 'sqs:SendMessage',
          resource: read.text(properties, 'Endpoint') ?? '',
          context: { ...account, 'aws:sourcearn': read.text(properties, 'TopicArn') ?? '' },
        });
    for (const { properties } of stack.ofType('AWS::SES::ConfigurationSetEventDestination')) {
      const topic = read.text(read.object(read.object(properties, 'EventDestination'), 'SnsDestination'), 'TopicARN') ?? '';
      const set = read.text(properties, 'ConfigurationSetName') ?? '';
      const source = `arn:aws:ses:${this.#place.region}:${accountId}:configuration-set/${set}`;
      this.#grants.judgeService('ses.amazonaws.com', {
        action: 'sns:Publish',
        resource: topic,
        context: { ...account, 'aws:sourcearn': source },
      });
    }
    for (const { properties } of stack.ofType('AWS::Lambda::EventSourceMapping'))
      for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
        this.#grants.judge(roleOfFunction(stack, read.text(properties, 'FunctionName') ?? ''), {
          action: `sqs:${action}`,
          resource: read.text(properties, 'EventSourceArn') ?? '',
          context: {},
        });
    for (const { properties } of stack.ofType('AWS::Scheduler::Schedule')) {
      const target = read.object(properties, 'Target');
      const role = accessKeyOf(read.text(target, 'RoleArn'));
      const arn = read.text(target, 'Arn') ?? '';
      const action = arn.includes(':lambda:') ? 'lambda:InvokeFunction' : 'sqs:SendMessage';
      this.#grants.judge(role, { action, resource: arn, context: {} });
      const deadLetters = read.text(read.object(target, 'DeadLetterConfig'), 'Arn');
      if (deadLetters) this.#grants.judge(role, { action: 'sqs:SendMessage', resource: deadLetters, context: {} });
    }
  }
}

function roleOfFunction(stack: LocalStack, nameOrArn: string): string {
  const found = stack.ofType('AWS::Lambda::Function').find(({ logicalId }) => {
    const { ref, attributes } = stack.identity(logicalId);
    return nameOrArn === ref || nameOrArn === attributes.Arn;
  });
  return accessKeyOf(read.text(found?.properties, 'Role'));
}
