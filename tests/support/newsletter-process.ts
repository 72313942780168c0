import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';

export type NewsletterProcess = {
  visitor: NewsletterVisitor;
  /** As a machine that loses its power. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
};

export type NewsletterOptions = { dataFolder: string; port?: number; sesRate: number; clockOffsetMs?: number };

/** What `npm start` starts, as a process of its own that a test may kill. The same port again keeps links in mails working. */
export async function startNewsletterProcess(options: NewsletterOptions): Promise<NewsletterProcess> {
  const { dataFolder, port = 0, sesRate, clockOffsetMs = 0 } = options;
  const start = resolve(import.meta.dirname, '../../infra/local/start.ts');
  const child = spawn(
    process.execPath,
    [start, '--data', dataFolder, '--ses-rate', String(sesRate), '--clock-offset', String(clockOffsetMs)],
    {
      env: { ...process.env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const origin = await ready(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { visitor: new NewsletterVisitor(origin), kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
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
