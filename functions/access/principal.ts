import * as z from 'zod';
import type { Role } from './role.ts';
import type { Scope } from './scope.ts';

/**
 * Who acts, with what they may do. A person is known by their `sub` in the user pool; `name` is their address there, or
 * the `sub` while no address is known. A key of a program is known by its id, and called as the owner who made it called it.
 */
export type Principal =
  | { kind: 'person'; id: string; name: string; address: string | undefined; role: Role }
  | { kind: 'key'; id: string; name: string; scopes: readonly Scope[] };

/** What a record keeps of who acted: an id that stays, and the name that was known then. */
export const Actor = z.object({ kind: z.enum(['person', 'key']), id: z.string(), name: z.string() });
export type Actor = z.infer<typeof Actor>;

export const actorOf = ({ kind, id, name }: Principal): Actor => ({ kind, id, name });
