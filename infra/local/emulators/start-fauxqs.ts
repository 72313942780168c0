import { Server } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { type FauxqsServer, startFauxqs } from 'fauxqs';

type FauxqsOptions = NonNullable<Parameters<typeof startFauxqs>[0]>;

/** Starts fauxqs on a free port, with the two things it has no option for. */
export const startFauxqsHere = (options: FauxqsOptions): Promise<FauxqsServer> =>
  onLoopback(() => withoutSyncToDisk(() => startFauxqs({ port: 0, logger: false, ...options })));

/**
 * Syncing every message to disk guards against a power cut and costs most of the speed (3,900 instead of 32,000
 * messages a second here). What a killed process wrote is safe without it, and that is all a local run promises.
 */
async function withoutSyncToDisk<Value>(start: () => Promise<Value>): Promise<Value> {
  const exec = DatabaseSync.prototype.exec;
  DatabaseSync.prototype.exec = function (statement: string) {
    exec.call(this, statement);
    if (statement.includes('journal_mode')) exec.call(this, 'PRAGMA synchronous = OFF');
  };
  try {
    return await start();
  } finally {
    DatabaseSync.prototype.exec = exec;
  }
}

/** It would listen on every network, with readers' addresses in its queues. */
async function onLoopback<Value>(start: () => Promise<Value>): Promise<Value> {
  const { listen } = Server.prototype;
  const listenHere = function (this: Server, ...given: unknown[]) {
    const [first, ...rest] = given;
    const everywhere = typeof first === 'object' && first !== null && 'host' in first && first.host === '0.0.0.0';
    return Reflect.apply(listen, this, [everywhere ? { ...first, host: '127.0.0.1' } : first, ...rest]) as Server;
  };
  Server.prototype.listen = listenHere as typeof listen;
  try {
    return await start();
  } finally {
    Server.prototype.listen = listen;
  }
}
