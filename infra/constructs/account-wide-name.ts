import { Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The name of a thing that CloudFront knows once in an account, whatever the region: it carries the stack, its region, and the
 * first eight digits of the stack's id. What is kept of a deleted stack keeps its name, and the next stack of that name has
 * another id. At most 64 characters with a `what` of eight.
 */
export function accountWideName(scope: Construct, what: string): string {
  const { stackName, region, stackId } = Stack.of(scope);
  const uuid = Fn.select(2, Fn.split('/', stackId));
  return `${stackName}-${region}-${Fn.select(0, Fn.split('-', uuid))}-${what}`;
}
