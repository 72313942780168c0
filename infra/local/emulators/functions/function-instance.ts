import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { InvocationError, WorkerAnswer, WorkerBriefing } from './function-worker.ts';

/** An invocation that failed, as Lambda words it. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly errorType: string;
  constructor({ errorType, errorMessage }: InvocationError) {
    super(errorMessage);
    this.errorType = errorType;
  }
}

type Running = { requestId: string; resolve: (result: string) => void; reject: (error: FunctionError) => void };

/**
 * One execution environment: a worker thread that handles one event at a time. It is thrown away when an invocation
 * runs out of time or its thread dies, as Lambda does.
 */
export class FunctionInstance {
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  #running: Running | undefined;
  #end: InvocationError | undefined;

  constructor({ briefing, env, onLine }: { briefing: WorkerBriefing; env: Record<string, string>; onLine: (line: string) => void }) {
    this.#worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      workerData: briefing,
      env,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: briefing.memoryMb },
    });
    eachLine(this.#worker.stdout, onLine);
    eachLine(this.#worker.stderr, onLine);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#ready = promise;
    promise.catch(() => {});
    this.#worker.on('message', (answer: WorkerAnswer) => {
      if ('ready' in answer) resolve();
      else if (!answer.requestId && 'error' in answer) {
        this.end(answer.error);
      } else this.#settle(answer);
    });
    this.#worker.on('error', (error) => this.end({ errorType: error.name, errorMessage: error.message }));
    this.ended = new Promise((done) => {
      this.#worker.once('exit', () => {
        this.#end ??= { errorType: 'Runtime.ExitError', errorMessage: 'The worker exited by itself.' };
        reject(new FunctionError(this.#end));
        this.#running?.reject(new FunctionError(this.#end));
        this.#running = undefined;
        done();
      });
    });
  }

  /** It is going, or gone: nobody may hand it another event. */
  get ending() {
    return this.#end !== undefined;
  }

  /** Takes and gives JSON. The time-out does not count the start of the environment, as in Lambda. */
  async invoke(event: string, timeoutMs: number): Promise<string> {
    await this.#ready;
    const requestId = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#running = { requestId, resolve, reject };
    this.#worker.postMessage({ requestId, event, timeoutMs });
    const timer = setTimeout(
      () => this.end({ errorType: 'Sandbox.Timedout', errorMessage: `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds` }),
      timeoutMs,
    );
    return promise.finally(() => clearTimeout(timer));
  }

  /** Stops the thread where it is; what it was doing fails with these words. */
  end(reason: InvocationError) {
    this.#end ??= reason;
    void this.#worker.terminate();
  }

  #settle(answer: Exclude<WorkerAnswer, { ready: true }>) {
    const running = this.#running;
    if (!running || running.requestId !== answer.requestId) return;
    this.#running = undefined;
    if ('error' in answer) running.reject(new FunctionError(answer.error));
    else running.resolve(answer.result);
  }
}

function eachLine(stream: Readable, onLine: (line: string) => void) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) onLine(line);
  });
}
