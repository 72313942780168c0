import { IssueStore } from '../issues/issue-store.ts';
import { resource } from '../platform/environment.ts';
import { keys } from '../platform/keys.ts';
import { SqsQueue } from '../platform/queue.ts';
import { settings } from '../platform/settings-file.ts';
import { table } from '../platform/table.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import type { AssemblyServices } from './assemble-digest.ts';
import { planCanary } from './canary.ts';
import type { FanOutMessage, RunDigestMessage } from './digest-messages.ts';
import { DigestStore } from './digest-store.ts';
import { lastFrozenAt } from './last-audience.ts';
import { renderDigest } from './render-digest.ts';

/** What `run-digest` works with. */
export const assemblyServices = (): AssemblyServices => ({
  digests: new DigestStore(table()),
  canary: canaryPlanner(),
  issues: new IssueStore(table()),
  render: (digest, issues) =>
    renderDigest({
      settings: settings(),
      publicOrigin: resource('PUBLIC_ORIGIN'),
      digestId: digest.id,
      scheduledFor: digest.scheduledFor,
      issues: [...issues],
    }),
  fanOut: new SqsQueue<FanOutMessage>(resource('FAN_OUT_QUEUE_URL')),
  runDigest: new SqsQueue<RunDigestMessage>(resource('RUN_DIGEST_QUEUE_URL')),
  timeZone: settings().timeZone,
  holdMinutes: settings().holdMinutes,
  now: () => new Date(),
});

function canaryPlanner(): AssemblyServices['canary'] {
  const services = {
    setting: settings().canary,
    subscribers: new SubscriberStore(table()),
    lastFrozenAt: () => lastFrozenAt(table()),
    lastImportAt: async () => (await table().get(keys.latestImport))?.finishedAt as string | undefined,
  };
  return (frozenAt) => planCanary(frozenAt, services);
}
