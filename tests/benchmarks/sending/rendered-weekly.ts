import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { RenderedDigest } from '../../../functions/digests/rendering/rendered-digest.ts';
import { sampleSettings } from '../../emails/sample-settings.ts';

/** A weekly of 60 KB HTML, rendered in a thread that then ends: a process that sends has never loaded what renders. */
export async function renderedWeekly(htmlBytes = 60_000): Promise<RenderedDigest> {
  const workerData = { settings: sampleSettings(), publicOrigin: 'https://news.example.org', htmlBytes };
  const worker = new Worker(new URL('../fill-input.ts', import.meta.url), { workerData });
  const [rendered] = await once(worker, 'message');
  await worker.terminate();
  return RenderedDigest.parse(rendered);
}
