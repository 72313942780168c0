import { type Role, roles } from '../../../functions/access/role.ts';

/** Somebody who can sign in here. */
export type LocalPerson = { role: Role; sub: string; email: string };

/** One person for each role: `owner@example.org` and so on. */
export const localPeople: readonly LocalPerson[] = roles.map((role, n) => ({
  role,
  sub: `00000000-0000-4000-8000-00000000000${n + 1}`,
  email: `${role}@example.org`,
}));

export function localPerson(role: Role): LocalPerson {
  const person = localPeople.find((each) => each.role === role);
  if (!person) throw new Error(`Nobody here has the role ${role}.`);
  return person;
}
