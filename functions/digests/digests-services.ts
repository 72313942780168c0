import { IssueStore } from '../issues/issue-store.ts';
import { resource } from '../platform/environment.ts';
import { SqsQueue } from '../platform/queue.ts';
import { table } from '../platform/table.ts';
import { currentSettings } from '../settings/current-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { confirmedAbout } from '../subscribers/count-confirmed.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { AssemblyServices } from './assemble-digest.ts';
import { planCanary } from './canary.ts';
import type { PlanMessage, RunDigestMessage } from './digest-messages.ts';
import { DigestStore } from './digest-store.ts';
import { lastFrozenAt, lastImportAt } from './history/last-audience.ts';
import { NextDigestStore } from './next-digest.ts';
import { renderDigest } from './rendering/render-digest.ts';

/** What a digest is made with, but for what deliveries do: the waking of its batches, and whom it tries again. */
export async function assemblyServices(): Promise<Omit<AssemblyServices, 'wakeBatches' | 'tryIncidents'>> {
  const settings = await currentSettings();
  return {
    digests: new DigestStore(table()),
    canary: canaryPlanner(settings.canary),
    audience: (until) => confirmedAbout(until, table()),
    issues: new IssueStore(table()),
    nextDigest: new NextDigestStore(table()),
    render: ({ id, scheduledFor, planned: { note } = {} }, issues) =>
      renderDigest({ settings, publicOrigin: resource('PUBLIC_ORIGIN'), digestId: id, scheduledFor, issues: [...issues], note }),
    plans: new SqsQueue<PlanMessage>(resource('WORK_QUEUE_URL')),
    runDigest: new SqsQueue<RunDigestMessage>(resource('WORK_QUEUE_URL')),
    settings,
    now: () => new Date(),
  };
}

function canaryPlanner(setting: Settings['canary']): AssemblyServices['canary'] {
  const services = {
    setting,
    subscribers: new SubscriberStore(table()),
    lastFrozenAt: () => lastFrozenAt(table()),
    lastImportAt: () => lastImportAt(table()),
  };
  return (digest) => planCanary(digest.frozenAt, services, digest.shards);
}
