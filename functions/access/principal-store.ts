import * as z from 'zod';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { Role } from './role.ts';

/** What is kept of a colleague beside their account in the user pool. */
const Colleague = z.object({
  role: Role,
  /** People who signed in at this moment or before have to sign in again. */
  notBefore: z.iso.datetime().optional(),
  /** Their verified address, as the user pool gave it for the sign-in of `addressAskedFor`. */
  address: z.string().optional(),
  addressAskedFor: z.iso.datetime().optional(),
});
export type Colleague = z.infer<typeof Colleague>;

/**
 * Colleagues and their roles, by `sub`. Reads are consistent, so a role that was changed counts with the next request.
 * Nothing in the product gives a role: that takes the AWS account (decision 0028).
 */
export class PrincipalStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** Undefined for somebody who can sign in and is no colleague. */
  async find(sub: string): Promise<Colleague | undefined> {
    const item = await this.#table.get(keys.principal(sub));
    return item && Colleague.parse(item);
  }

  async giveRole(sub: string, role: Role): Promise<void> {
    await this.#table.update(keys.principal(sub), { set: 'SET #role = :role', names: { '#role': 'role' }, values: { ':role': role } });
  }

  async takeRole(sub: string): Promise<void> {
    await this.#table.delete(keys.principal(sub));
  }

  /** Keeps the address that belongs to a sign-in; without one, the address of earlier sign-ins stays. */
  async keepAddress(sub: string, signedInAt: Date, address: string | undefined): Promise<void> {
    await this.#table.update(keys.principal(sub), {
      set: `SET addressAskedFor = :at${address === undefined ? '' : ', address = :address'}`,
      // A colleague who was removed meanwhile must not come back as an item without a role.
      condition: 'attribute_exists(pk)',
      values: { ':at': signedInAt.toISOString(), ...(address !== undefined && { ':address': address }) },
    });
  }
}
