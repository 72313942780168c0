import type { Actor, Principal } from '../../functions/access/principal.ts';
import type { Role } from '../../functions/access/role.ts';

/** Somebody as records name them. */
export const actor = (name: string): Actor => ({ kind: 'person', id: name, name });

export const aPrincipal = (name: string, role: Role = 'owner'): Principal => ({ kind: 'person', id: name, name, role, address: undefined });
