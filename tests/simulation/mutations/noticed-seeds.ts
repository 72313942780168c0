import type { Catch } from '../try-mutations.ts';

const head = '| mutation | noticed by | seed |\n| --- | --- | ---: |\n';

/** The seed that noticed each mutation when the table of docs/delivery.md was written. */
export function noticedSeeds(page: string): ReadonlyMap<string, number> {
  const rows = tableOf(page).matchAll(/^\| ([^|]+) \| [^|]+ \| ([\d,]+) \|$/gm);
  return new Map([...rows].map(([, name = '', seed = '']) => [name, Number(seed.replaceAll(',', ''))]));
}

/** The page with these catches in its table. */
export function withNoticed(page: string, catches: readonly Catch[]): string {
  const rows = catches.map(({ mutation, seed, violations }) => {
    const by = [...new Set(violations.map(({ invariant }) => invariant))].join('; ');
    return seed === undefined
      ? `| ${mutation} | nothing yet | |`
      : `| ${mutation} | ${by.replaceAll("'", '’')} | ${seed.toLocaleString('en')} |`;
  });
  return page.replace(tableOf(page), () => rows.join('\n'));
}

function tableOf(page: string): string {
  const [, after] = page.split(head);
  const [rows] = after?.split('\n\n') ?? [];
  if (!rows) throw new Error(`docs/delivery.md holds no table with this head: ${head}`);
  return rows;
}
