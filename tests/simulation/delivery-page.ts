import type { Catch } from './try-mutations.ts';

const heads = {
  faults: '| fault | times |\n| --- | ---: |\n',
  mutations: '| mutation | noticed by | seed |\n| --- | --- | ---: |\n',
};

/** The seed that noticed each mutation when the table of docs/delivery.md was written. */
export function noticedSeeds(page: string): ReadonlyMap<string, number> {
  const rows = tableOf(page, 'mutations').matchAll(/^\| ([^|]+) \| [^|]+ \| ([\d,]+) \|$/gm);
  return new Map([...rows].map(([, name = '', seed = '']) => [name, Number(seed.replaceAll(',', ''))]));
}

/** The page with these catches in its table. */
export function withNoticed(page: string, catches: readonly Catch[]): string {
  const rows = catches.map(({ mutation, seed, violations }) => {
    const by = [...new Set(violations.map(({ invariant }) => invariant))].join('; ');
    return seed === undefined ? `| ${mutation} | nothing yet | |` : `| ${mutation} | ${by.replaceAll("'", '’')} | ${inWords(seed)} |`;
  });
  return page.replace(tableOf(page, 'mutations'), () => rows.join('\n'));
}

/** The page with how often each fault struck, and with the line that says in how much. */
export function withCounts(page: string, line: string, faults: Readonly<Record<string, number>>): string {
  const rows = Object.entries(faults).map(([name, count]) => `| ${name} | ${inWords(count)} |`);
  const [before = '', after = ''] = page.split('## What came of it\n\n');
  return `${before}## What came of it\n\n${line}\n\n${after.slice(after.indexOf(heads.faults))}`.replace(tableOf(page, 'faults'), () =>
    rows.join('\n'),
  );
}

const inWords = (count: number) => count.toLocaleString('en');

function tableOf(page: string, table: keyof typeof heads): string {
  const [, after] = page.split(heads[table]);
  const [rows] = after?.split('\n\n') ?? [];
  if (!rows) throw new Error(`docs/delivery.md holds no table with this head: ${heads[table]}`);
  return rows;
}
