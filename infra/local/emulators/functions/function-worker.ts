import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from '../../local-clock.ts';
import { standInResolver } from './stand-in-resolver.ts';

/** What a worker is given to begin with. */
export type WorkerBriefing = {
  modulePath: string;
  handlerName: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
  clock: SharedArrayBuffer;
};

/** One event for a worker, and what comes back: JSON both ways, as Lambda's own runtime passes it. */
export type WorkerRequest = { requestId: string; event: string; timeoutMs: number };
export type WorkerAnswer = { ready: true } | { requestId: string; result: string } | { requestId?: string; error: InvocationError };
export type InvocationError = { errorType: string; errorMessage: string; trace?: string[] };

type Handler = (event: unknown, context: object) => unknown;

const briefing = workerData as WorkerBriefing;
const runner = parentPort;
if (!runner) throw new Error('This file runs as a worker thread.');
shiftDate(briefing.clock);
standInResolver();

const say = (answer: WorkerAnswer) => runner.postMessage(answer);

let handler: Handler;
try {
  const module = (await import(pathToFileURL(briefing.modulePath).href)) as Record<string, Handler>;
  const found = module[briefing.handlerName];
  if (typeof found !== 'function') throw new Error(`${briefing.modulePath} exports no function ${briefing.handlerName}.`);
  handler = found;
  runner.on('message', (request: WorkerRequest) => void run(request));
  say({ ready: true });
} catch (error) {
  say({ error: described(error) });
}

async function run({ requestId, event, timeoutMs }: WorkerRequest) {
  try {
    const result = await handler(JSON.parse(event), contextOf(requestId, performance.now() + timeoutMs));
    say({ requestId, result: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    say({ requestId, error: described(error) });
  }
}

/** The deadline runs by the machine's own clock: shifting the date does not shorten an invocation. */
function contextOf(requestId: string, deadline: number) {
  return {
    functionName: briefing.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: briefing.functionArn,
    memoryLimitInMB: String(briefing.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${briefing.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}

function described(error: unknown): InvocationError {
  if (!(error instanceof Error)) return { errorType: 'Error', errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n').slice(1) };
}
