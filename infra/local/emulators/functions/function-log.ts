import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

type LogLine = { level?: string; message?: string; fault?: unknown; _aws?: unknown };

/**
 * What functions write. Everything goes to a file per function where the run keeps data; a person at the terminal sees
 * warnings and errors only.
 */
export class FunctionLog {
  readonly #folder: string | undefined;
  readonly #show: (line: string) => void;

  constructor(folder: string | undefined, show: (line: string) => void) {
    this.#folder = folder;
    this.#show = show;
  }

  write(functionName: string, line: string) {
    if (this.#folder) appendFileSync(join(this.#folder, `${functionName}.log`), `${line}\n`);
    const entry = parsed(line);
    if (!entry) this.#show(`${functionName}: ${line}`);
    else if (!entry._aws && /^(warn|error|critical)/i.test(entry.level ?? '')) {
      const fault = entry.fault === undefined ? '' : ` ${typeof entry.fault === 'string' ? entry.fault : JSON.stringify(entry.fault)}`;
      this.#show(`${functionName} ${entry.level}: ${entry.message ?? line}${fault}`);
    }
  }

  /** An invocation that failed without a word of its own. */
  failure(functionName: string, error: unknown) {
    const words = error instanceof Error ? error.message : String(error);
    if (this.#folder) appendFileSync(join(this.#folder, `${functionName}.log`), `${JSON.stringify({ level: 'ERROR', message: words })}\n`);
    this.#show(`${functionName} failed: ${words}`);
  }
}

function parsed(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}
