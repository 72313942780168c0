import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startLocalRun } from '../../infra/local/local-run.ts';

export type OutboxMessage = { id: string; to: string[]; from: string; subject: string; tags: Record<string, string>; receivedAt: string };

/** What a test does to a local run that is up, over HTTP as a person would. */
export class RunningNewsletter {
  readonly origin: string;
  readonly stop: () => Promise<void>;

  constructor(origin: string, stop: () => Promise<void>) {
    this.origin = origin;
    this.stop = stop;
  }

  /** Redirects are answers here, not followed. */
  fetch(path: string, options: RequestInit = {}): Promise<Response> {
    return fetch(new URL(path, this.origin), { redirect: 'manual', ...options });
  }

  async json<Body>(path: string, options: RequestInit & { send?: unknown } = {}): Promise<Body> {
    const { send, ...rest } = options;
    const body = send === undefined ? {} : { body: JSON.stringify(send), headers: { 'content-type': 'application/json', ...rest.headers } };
    const response = await this.fetch(path, { ...rest, ...body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${rest.method ?? 'GET'} ${path} answered ${response.status}: ${text}`);
    return (text ? JSON.parse(text) : undefined) as Body;
  }

  async asEditor(): Promise<{ authorization: string }> {
    const { token } = await this.json<{ token: string }>('/_local/editor-token');
    return { authorization: `Bearer ${token}` };
  }

  async outbox(filter: { to?: string; digest?: string; after?: string } = {}): Promise<OutboxMessage[]> {
    const query = new URLSearchParams(filter);
    return (await this.json<{ messages: OutboxMessage[] }>(`/_local/outbox?${query}`)).messages;
  }

  async eml(id: string): Promise<Buffer> {
    return Buffer.from(await (await this.fetch(`/_local/outbox/${id}.eml`)).arrayBuffer());
  }

  addReaders(readers: { count: number } | { addresses: string[] }): Promise<unknown> {
    return this.json('/_local/readers', { method: 'POST', send: readers });
  }

  fire(schedule: 'weekly-digest' | 'watch-digests', scheduledTime: string): Promise<unknown> {
    return this.json(`/_local/schedules/${schedule}/fire`, { method: 'POST', send: { scheduledTime } });
  }

  /** Until nothing is in flight or due; what still is, is in the error. */
  async untilIdle(withinMs = 30_000): Promise<void> {
    const until = Date.now() + withinMs;
    for (;;) {
      const response = await this.fetch('/_local/idle');
      const underWay = await response.text();
      if (response.status === 200) return;
      if (Date.now() > until) throw new Error(`Not idle after ${withinMs} ms: ${underWay}`);
      await pause(50);
    }
  }
}

/** In this process, on a free port, in memory. */
export async function startNewsletter({ sesRate = 500 }: { sesRate?: number } = {}): Promise<RunningNewsletter> {
  const { origin, stop } = await startLocalRun({ sesRate });
  return new RunningNewsletter(origin, stop);
}

export type NewsletterProcess = RunningNewsletter & { kill: () => Promise<void> };

/** As `npm start` does, in a process of its own that a test may kill. The port stays, so that links in mails work again. */
export async function startNewsletterProcess({ dataFolder, port, sesRate = 14 }: { dataFolder: string; port: number; sesRate?: number }) {
  const start = resolve(import.meta.dirname, '../../infra/local/start.ts');
  const args = [start, '--data', dataFolder, '--ses-rate', String(sesRate)];
  const child = spawn(process.execPath, args, { env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  const origin = await ready(child);
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return Object.assign(new RunningNewsletter(origin, () => end('SIGTERM')), { kill: () => end('SIGKILL') }) as NewsletterProcess;
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += String(chunk);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      const origin = /Periodical is ready on (\S+)/.exec(String(chunk))?.[1];
      if (origin) found(origin);
    });
    child.once('exit', (code) => failed(new Error(`The local run ended with ${code} before it was ready: ${said}`)));
  });
}
