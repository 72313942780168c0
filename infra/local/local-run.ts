import { resolve } from 'node:path';
import { Control } from './control/control.ts';
import { DataFolder } from './data-folder.ts';
import { Gateway } from './gateway.ts';
import { type RunningTemplate, runTemplate } from './run-template.ts';
import { synthesisedApp } from './synthesised-app.ts';
import type { SynthesisedApp } from './template.ts';

export type LocalRunOptions = {
  /** 0 picks a free one. */
  port?: number;
  /** Where data lives and outlives the run; without it the run begins empty and in memory. */
  dataFolder?: string | undefined;
  /** Mails a second that the local SES lets through; a new account's default is 14. */
  sesRate?: number;
  /** How far its clock is from this machine's to begin with; a run that goes on after one whose clock was moved needs that. */
  clockOffsetMs?: number;
  /** Called with each warning or error of a function. */
  show?: (line: string) => void;
  /** Another app than the one synthesised from this checkout. */
  app?: SynthesisedApp;
};

export type LocalRun = {
  /** `http://localhost:<port>` */
  origin: string;
  port: number;
  /** Where each service of AWS answers: for what a person does with their own credentials. */
  endpoints: RunningTemplate['endpoints'];
  stop: () => Promise<void>;
};

/** Where `npm start` keeps its data. */
export const defaultDataFolder = resolve(import.meta.dirname, '../../.periodical');

/**
 * Runs the whole newsletter on this machine until it is stopped.
 * @throws PortTaken
 */
export async function startLocalRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const { port = 0, dataFolder, sesRate = 14, clockOffsetMs = 0, show = (line) => process.stderr.write(`${line}\n`) } = options;
  // The port comes first: who finds it taken should not wait for the synthesis.
  const gateway = await Gateway.open(port);
  try {
    const app = options.app ?? (await synthesisedApp());
    const data = new DataFolder(dataFolder);
    const running = await runTemplate({ app, data, port: gateway.port, sesRate, clockOffsetMs, show });
    const origin = `http://localhost:${gateway.port}`;
    const control = new Control({ ...running, origin });
    gateway.serve({ site: (request) => running.distribution.answer(request), control: (request) => control.answer(request) });
    const stop = async () => {
      await gateway.close();
      await running.close();
      data.close();
    };
    return { origin, port: gateway.port, endpoints: running.endpoints, stop };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}
