import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { Actor } from '../access/principal.ts';
import { Block } from '../issues/issue.ts';
import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';

/** What editors have decided about the next digest of the schedule. `note`: what it says before the issues, as written and as read. */
export const NextDigestPlan = z.object({
  /** Another one with every change. */
  version: z.string(),
  /** Slugs, the first one leads. Issues that are not in it follow by date. */
  order: z.array(z.string()).default([]),
  note: z.object({ text: z.string(), blocks: z.array(Block) }).optional(),
  by: Actor,
  at: z.iso.datetime(),
});
export type NextDigestPlan = z.infer<typeof NextDigestPlan>;

/** The plan for the next digest. The digest that has frozen it forgets it, unless editors have changed it since. */
export class NextDigestStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  async find(): Promise<NextDigestPlan | undefined> {
    const item = await this.#table.get(keys.nextDigest);
    return item && NextDigestPlan.parse(item);
  }

  /** Changes what is given, and keeps the rest. */
  async change({
    order,
    note,
    by,
    at,
  }: Partial<Pick<NextDigestPlan, 'order' | 'note'>> & { by: Actor; at: Date }): Promise<NextDigestPlan> {
    const fields = { version: randomUUID(), by, at: at.toISOString(), ...(order && { order }), ...(note && { note }) };
    const names = Object.keys(fields);
    const item = await this.#table.update(keys.nextDigest, {
      set: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      values: Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
    });
    return NextDigestPlan.parse(item);
  }

  /** Called as often as one likes: a plan that was changed meanwhile is for the digest after. */
  async forget(version: string): Promise<void> {
    await this.#table.delete(keys.nextDigest, {
      expression: '#version = :version',
      names: { '#version': 'version' },
      values: { ':version': version },
    });
  }
}

type Dated = { slug: string; date: string };

/** In the order that editors chose; what they have not placed follows, oldest first. */
export function inOrder<Issue extends Dated>(issues: readonly Issue[], order: readonly string[] = []): Issue[] {
  const place = ({ slug }: Dated) => (order.includes(slug) ? order.indexOf(slug) : order.length);
  return issues.toSorted((a, b) => place(a) - place(b) || a.date.localeCompare(b.date) || a.slug.localeCompare(b.slug));
}
