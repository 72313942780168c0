import * as z from 'zod';
import { Actor } from '../access/principal.ts';

/** Where it was found out who has gone since: in the old table, in AWS's last backup of it, or in the nightly copy. */
const restoreSources = ['table', 'final-backup', 'nightly-copy'] as const;

const count = z.int().min(0);

/** What a comparison with the source has found. `missing`: gone there, and not here yet. */
export const Comparison = z.object({
  source: z.enum(restoreSources),
  /** Who went after this moment is not in the source. */
  knownUntil: z.iso.datetime(),
  left: count,
  complained: count,
  suppressed: count,
  moved: count,
  erased: count,
  missing: count,
  /** Who has confirmed since and is not in the restored table; null where the source does not say. */
  newcomers: count.nullable(),
  comparedAt: z.iso.datetime(),
});
export type Comparison = z.infer<typeof Comparison>;

/** That the table was restored: as of when, from which one, what was found since, and who let it send again. */
export const Restore = z.object({
  /** As of when the data is that the table was restored with. */
  moment: z.iso.datetime(),
  lostTable: z.string(),
  begunAt: z.iso.datetime(),
  comparison: Comparison.optional(),
  releasedAt: z.iso.datetime().optional(),
  releasedBy: Actor.optional(),
});
export type Restore = z.infer<typeof Restore>;

/** Whether nobody is mailed because of it. */
export const isHeld = (restore: Restore | undefined): restore is Restore => restore !== undefined && restore.releasedAt === undefined;
