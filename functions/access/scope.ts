import * as z from 'zod';

/**
 * What a key of a program may do: write drafts; send issues and steer digests; see readers; change them and import lists;
 * read digests' reports and statistics; change settings. None includes another.
 */
export const scopes = ['issues:write', 'send', 'readers:read', 'readers:write', 'reports:read', 'settings'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;
