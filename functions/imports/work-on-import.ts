import { type AskServices, askUnconfirmed } from './ask-unconfirmed.ts';
import { type CheckServices, checkImport } from './check-import.ts';
import type { ImportStore } from './import-store.ts';
import type { ImportWork } from './reader-import.ts';
import { type RunServices, runImport } from './run-import.ts';
import { watchImports } from './watch-imports.ts';

export type WorkServices = CheckServices & RunServices & AskServices & { imports: ImportStore };

/** Does what an import waits for: its dry run, or the rows that are still to come. Messages are wake-ups and may come twice. */
export async function workOnImport(work: ImportWork, services: WorkServices) {
  if ('watch' in work) return (await watchImports(services)) + (await askUnconfirmed(services));
  const wanted = await services.imports.find(work.id);
  if (wanted?.state === 'checking') return checkImport(wanted, services);
  if (wanted?.state === 'running') return runImport(wanted, services);
  return wanted ? 'nothing_to_do' : 'unknown';
}
