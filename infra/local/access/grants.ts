import type { LocalStack } from '../local-stack.ts';
import { read } from '../template.ts';
import { type Asked, type Statement, speaksOf, statementsOf } from './statement.ts';

/** A call that no policy of the template allows, in the words in which AWS refuses it. */
export class AccessDenied extends Error {}

/** What a role was given, and which of its actions nothing has used since the start. */
export type Grant = { role: string; actions: readonly string[]; resources: readonly string[]; unused: readonly string[] };

/**
 * Who may do what, from the template alone: the policies of roles, and those of queues, topics and buckets. All resources are in one
 * account, so one `Allow` of either kind is enough, and any `Deny` decides.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Grants {
  readonly #ofRole = new Map<string, Statement[]>();
  readonly #ofResource: Statement[] = [];
  readonly #used = new Map<Statement, Set<string>>();
  #judged = 0;

  constructor(stack: LocalStack) {
    for (const { logicalId } of stack.ofType('AWS::IAM::Role')) this.#ofRole.set(logicalId, []);
    for (const { properties } of stack.ofType('AWS::IAM::Policy'))
      for (const role of read.texts(properties, 'Roles'))
        this.#ofRole.get(role)?.push(...statementsOf(read.object(properties, 'PolicyDocument')));
    for (const type of ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy'])
      for (const { properties } of stack.ofType(type)) this.#ofResource.push(...statementsOf(read.object(properties, 'PolicyDocument')));
  }

  get judged(): number {
    return this.#judged;
  }

  /** A role's call; fails with {@link AccessDenied}. A role that the template does not have may nothing. */
  judge(role: string, asked: Asked) {
    this.#decide(this.#ofRole.get(role) ?? [], role, asked);
  }

  /** A call of AWS's own, such as SNS putting a message on a queue: the resource's policy has to name the service. */
  judgeService(service: string, asked: Asked) {
    this.#decide([], service, asked);
  }

  all(): Grant[] {
    return [...this.#ofRole].flatMap(([role, statements]) =>
      statements.map((statement) => ({
        role,
        actions: statement.actions,
        resources: statement.resources,
        unused: statement.actions.filter((action) => !this.#used.get(statement)?.has(action)),
      })),
    );
  }

  #decide(own: readonly Statement[], principal: string, asked: Asked) {
    this.#judged += 1;
    const inAws = { ...asked, context: { 'aws:securetransport': 'true', ...asked.context } };
    const ofResource = this.#ofResource.filter(({ principals }) => principals.includes(principal) || principals.includes('*'));
    const spoken = [...own, ...ofResource].filter((statement) => speaksOf(statement, inAws));
    const isAllowed = spoken.some(({ effect }) => effect === 'Allow') && !spoken.some(({ effect }) => effect === 'Deny');
    if (!isAllowed) throw new AccessDenied(`${principal} is not authorized to perform: ${asked.action} on resource: ${asked.resource}`);
    for (const statement of spoken) this.#used.set(statement, (this.#used.get(statement) ?? new Set()).add(asked.action));
  }
}
