import * as z from 'zod';

/** Each may do what the roles before it may: read statistics, write issues, send them and see readers, do everything. */
export const roles = ['analyst', 'writer', 'editor', 'owner'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Whether a role may do what another may. */
export const includes = (role: Role, needed: Role) => roles.indexOf(role) >= roles.indexOf(needed);
