import type { Digest } from '../../../functions/digests/digest.ts';
import type { IssueStore } from '../../../functions/issues/issue-store.ts';
import type { Accepted } from '../services/simulated-ses.ts';
import type { World } from '../world.ts';

/** An issue is in the archive when SES has taken a mail of it, as far as anybody knows, and not before. Clocks may be 20 s apart. */
export async function checkArchive(
  world: World,
  issues: Pick<IssueStore, 'archived'>,
  { id, issues: frozen = [] }: Digest,
  books: readonly Accepted[],
) {
  const shown = (await issues.archived({ limit: 100 })).issues.find(({ slug }) => frozen.some((issue) => issue.slug === slug));
  const wrong = (what: string) => world.violated('what is out was taken', `${id}: ${what}`);
  const first = Math.min(...books.map(({ at }) => at));
  if (books.length === 0) world.faults.count('digest that reached nobody');
  if (shown && Date.parse(shown.publishedAt ?? '') < first - 20_000) wrong('its issue was in the archive before SES had taken a mail');
  const isKnown = books.some(({ told }) => told.size > 0);
  if (!shown && isKnown) wrong('SES has taken mails, and its issue is not in the archive');
}
