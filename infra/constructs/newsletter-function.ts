import { type Duration, Stack } from 'aws-cdk-lib';
import { type CfnPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type CfnFunction, Code, Function as LambdaFunction, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { Bundles, FunctionName } from '../bundling/functions.ts';
import { vendedLogGroup } from './vended-log-group.ts';

export type NewsletterFunctionProps = {
  name: FunctionName;
  settings: Pick<Settings, 'logRetentionDays'>;
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

  constructor(scope: Construct, id: string, { name, settings, bundles, timeout, memory = 512 }: NewsletterFunctionProps) {
    super(scope, id);
    this.name = name;
    this.timeout = timeout;
    this.logGroup = vendedLogGroup(this, 'Logs', name, settings);
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
      environment: { POWERTOOLS_SERVICE_NAME: name, POWERTOOLS_METRICS_NAMESPACE: Stack.of(this).stackName },
    });
    this.#waitForPolicy();
  }

  /** CDK has a function wait for its role and the role's policy. The role is in `Role` already, so CloudFormation waits anyway. */
  #waitForPolicy() {
    const policy = this.role.node.findChild('DefaultPolicy').node.defaultChild as CfnPolicy;
    (this.lambda.node.defaultChild as CfnFunction).addOverride('DependsOn', [Stack.of(this).getLogicalId(policy)]);
  }

  allow(actions: string[], ...resources: string[]) {
    this.role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  }

  /** Else Lambda takes work that puts itself back for an endless loop, and drops its message at the sixteenth turn. */
  mayWakeItself() {
    (this.lambda.node.defaultChild as CfnFunction).recursiveLoop = RecursiveLoop.ALLOW;
  }

  tell(variable: string, value: string) {
    this.lambda.addEnvironment(variable, value);
  }
}
