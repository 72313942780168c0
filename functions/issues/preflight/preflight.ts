import type { Finding } from '../finding.ts';

/** What was found about an issue as a mail: errors keep it from being queued, warnings do not. `bytes` of the filled HTML. */
export type Preflight = { errors: Finding[]; warnings: Finding[]; bytes: { html: number; budget: number } };
