import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Bundles, FunctionName } from '../bundling/functions.ts';

export type NewsletterFunctionProps = {
  name: FunctionName;
  bundles: Bundles;
  timeout: Duration;
  /** MiB; Lambda gives CPU in proportion, a whole one at 1,769. */
  memory?: number;
};

/**
 * One Lambda function with a role and a log group of its own. It may do nothing but write its logs until somebody
 * hands it a resource: permission and variable together, by `allow` and `tell`.
 */
export class NewsletterFunction extends Construct {
  readonly name: FunctionName;
  readonly timeout: Duration;
  readonly role: Role;
  readonly logGroup: LogGroup;
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, { name, bundles, timeout, memory = 512 }: NewsletterFunctionProps) {
    super(scope, id);
    this.name = name;
    this.timeout = timeout;
    this.logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    // A role of our own instead of AWSLambdaBasicExecutionRole, which may write every log group of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);
    this.lambda = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundles[name]),
      role: this.role,
      logGroup: this.logGroup,
      timeout,
      memorySize: memory,
      environment: { POWERTOOLS_SERVICE_NAME: name, POWERTOOLS_METRICS_NAMESPACE: 'Periodical' },
    });
  }

  allow(actions: string[], ...resources: string[]) {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  }

  tell(variable: string, value: string) {
    this.lambda.addEnvironment(variable, value);
  }
}
