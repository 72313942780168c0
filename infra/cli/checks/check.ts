import { Table } from '../../../functions/platform/table.ts';
import type { DeployedStack } from '../deployment/deployed-stack.ts';
import { outputOf } from '../deployment/deployed-stack.ts';
import type { Target } from '../deployment/target.ts';
import type { CliFinding } from '../frame/cli-finding.ts';
import type { Context } from '../frame/context.ts';

/** A deployed newsletter that is looked at. */
export type Patient = Target & { deployed: DeployedStack; context: Context };
export type Check = (patient: Patient) => Promise<CliFinding[]>;

export const tableOf = ({ aws, deployed }: Pick<Patient, 'aws' | 'deployed'>): Table =>
  new Table(aws.dynamodb, outputOf(deployed, 'TableName'));
