import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PrincipalStore } from '../../../functions/access/principal-store.ts';
import { Table } from '../../../functions/platform/table.ts';
import type { LocalStack } from '../local-stack.ts';
import type { LocalFunction } from './functions/local-function.ts';
import type { LocalPerson } from './local-people.ts';

type RoleGiverParts = { stack: LocalStack; functions: ReadonlyMap<string, LocalFunction>; endpoints: { DYNAMODB: string } };

/** Stands in for the administrator who gave everybody their role; by the product's own store. */
export function roleGiver({ stack, functions, endpoints }: RoleGiverParts): (person: LocalPerson) => Promise<void> {
  const table = [...functions.values()].map(({ definition }) => definition.env.TABLE_NAME).find((name) => name !== undefined);
  // A template without our table has no roles either.
  if (table === undefined) return async () => {};
  const client = new DynamoDBClient({
    endpoint: endpoints.DYNAMODB,
    region: stack.place.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const principals = new PrincipalStore(new Table(client, table));
  return ({ sub, role }) => principals.giveRole(sub, role);
}
