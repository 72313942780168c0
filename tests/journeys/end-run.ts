import type { LocalRun } from '../../infra/local/local-run.ts';

/** Stops a journey's run. Fails if IAM refused anything on the way: then a policy of the template lacks it. */
export async function endRun(run: LocalRun | undefined): Promise<void> {
  if (!run) return;
  const { access } = (await (await fetch(`${run.origin}/_local/aws`)).json()) as { access: { denied: string[] } };
  await run.stop();
  if (access.denied.length > 0) throw new Error(`IAM refused: ${[...new Set(access.denied)].join('; ')}`);
}
