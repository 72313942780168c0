import { GetCostAndUsageCommand, ListCostAllocationTagsCommand } from '@aws-sdk/client-cost-explorer';
import type { Target } from './target.ts';

/** `blind`: AWS books nothing under these tags, since the account that pays has not activated them. */
export type ActualCost = { month: string; dollars: number; services: { service: string; dollars: number }[] } | 'blind';

/** What AWS booked for this newsletter in the last whole month, by its tags. Each question costs a cent. */
export async function costOfLastMonth({ aws, settings }: Target, now: Date): Promise<ActualCost> {
  const [start, end] = [-1, 0].map((months) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString().slice(0, 10),
  );
  const { ResultsByTime = [] } = await aws.costExplorer.send(
    new GetCostAndUsageCommand({
      TimePeriod: { Start: start, End: end },
      Granularity: 'MONTHLY',
      Metrics: ['UnblendedCost'],
      Filter: {
        And: [{ Tags: { Key: 'newsletter', Values: [settings.stackName] } }, { Tags: { Key: 'stage', Values: [settings.stage] } }],
      },
      GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
    }),
  );
  const services = ResultsByTime.flatMap(({ Groups = [] }) => Groups)
    .map(({ Keys = [], Metrics }) => ({ service: Keys[0] ?? '', dollars: Number(Metrics?.UnblendedCost?.Amount ?? 0) }))
    .sort((a, b) => b.dollars - a.dollars);
  const dollars = services.reduce((sum, each) => sum + each.dollars, 0);
  if (dollars === 0 && !(await isTagActive(aws))) return 'blind';
  return { month: (start ?? '').slice(0, 7), dollars, services };
}

async function isTagActive({ costExplorer }: Target['aws']): Promise<boolean> {
  const { CostAllocationTags = [] } = await costExplorer.send(
    new ListCostAllocationTagsCommand({ Status: 'Active', TagKeys: ['newsletter'] }),
  );
  return CostAllocationTags.length > 0;
}
