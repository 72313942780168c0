import { type CheckServices, checkImport } from './check-import.ts';
import type { ImportStore } from './import-store.ts';
import type { ImportMessage } from './reader-import.ts';
import { type RunServices, runImport } from './run-import.ts';

export type WorkServices = CheckServices & RunServices & { imports: ImportStore };

/** Does what an import waits for: its dry run, or the rows that are still to come. Messages are wake-ups and may come twice. */
export async function workOnImport({ id }: ImportMessage, services: WorkServices) {
  const wanted = await services.imports.find(id);
  if (wanted?.state === 'checking') return checkImport(wanted, services);
  if (wanted?.state === 'running') return runImport(wanted, services);
  return wanted ? 'nothing_to_do' : 'unknown';
}
