import { awsMeter } from '../platform/metering/aws-meter.ts';
import { each, type Invocation, queueHandler } from '../platform/queue-handler.ts';
import { turnOf } from './turn.ts';
import { WorkMessage } from './work-message.ts';

/**
 * Everything on the work queue: runs of digests, planning, and background work. MJML, the codecs of pictures and the parsers of lists
 * are in one bundle, so each kind loads what it needs when it first comes.
 */
export const handler = queueHandler(
  WorkMessage,
  each(async (message, invocation) => {
    if (message.kind === 'plan') return awsMeter.during(() => plan(message, turnOf(invocation)));
    try {
      return await work(message, turnOf(invocation));
    } finally {
      // Calls are counted for the digest that is being planned; those of other work belong to none.
      awsMeter.take();
    }
  }),
);

type Of<Kind extends WorkMessage['kind']> = Extract<WorkMessage, { kind: Kind }>;

async function plan(message: Of<'plan'>, { remainingMilliseconds }: Invocation) {
  const [{ planDigest }, { planningServices }] = await Promise.all([
    import('../deliveries/plan-digest.ts'),
    import('../deliveries/deliveries-services.ts'),
  ]);
  return planDigest(message, planningServices(), remainingMilliseconds);
}

async function work(message: Exclude<WorkMessage, Of<'plan'>>, turn: Invocation) {
  switch (message.kind) {
    case 'slot':
    case 'issue':
      return run(message);
    case 'verify-sums':
      return verify(message, turn);
    case 'keep-images':
      return keepImages(message, turn);
    case 'import':
    case 'watch-imports':
    case 'ask-unconfirmed':
      return bringLists(message, turn);
    case 'export':
      return exportList(message, turn);
    case 'incident':
      return endIncident(message, turn);
    case 'count-readers':
      return countList(message, turn);
    case 'copy-departures':
      return copyGone(message, turn);
    case 'webhooks':
      return sendWebhooks(turn);
    default:
      return message satisfies never;
  }
}

/** Rendering is one piece of work of some seconds, and what everybody waits for: it has the whole invocation. */
async function run(message: Of<'slot' | 'issue'>) {
  const [{ assembleDigest }, { assemblyServices }, { wakeBatches }, { tryIncidents }, { wakingServices, trialServices }] =
    await Promise.all([
      import('../digests/assemble-digest.ts'),
      import('../digests/digests-services.ts'),
      import('../deliveries/wake-batches.ts'),
      import('../deliveries/incidents/try-incidents.ts'),
      import('../deliveries/deliveries-services.ts'),
    ]);
  const waking = wakingServices();
  return assembleDigest(message, {
    ...(await assemblyServices()),
    wakeBatches: (digest) => wakeBatches(digest, waking),
    tryIncidents: (digest) => tryIncidents(digest, trialServices()),
  });
}

async function verify(message: Of<'verify-sums'>, { remainingMilliseconds }: Invocation) {
  const [{ verifySums }, { verifyServices }] = await Promise.all([
    import('../deliveries/segments/verify-sums.ts'),
    import('../deliveries/deliveries-services.ts'),
  ]);
  return verifySums(message, verifyServices(), remainingMilliseconds);
}

async function keepImages(message: Of<'keep-images'>, turn: Invocation) {
  const [{ keepIssueImages }, { keepImagesServices }] = await Promise.all([
    import('../issues/images/keep-issue-images.ts'),
    import('../issues/issues-services.ts'),
  ]);
  return keepIssueImages(message, { ...keepImagesServices(), ...turn });
}

async function bringLists(message: Of<'import' | 'watch-imports' | 'ask-unconfirmed'>, turn: Invocation) {
  const { importServices, importWatchServices, askServices } = await import('../imports/imports-services.ts');
  if (message.kind === 'watch-imports') return (await import('../imports/watch-imports.ts')).watchImports(importWatchServices());
  if (message.kind === 'ask-unconfirmed') return (await import('../imports/ask-unconfirmed.ts')).askUnconfirmed(message, askServices());
  const { workOnImport } = await import('../imports/work-on-import.ts');
  return workOnImport(message, { ...(await importServices()), ...turn });
}

async function exportList(message: Of<'export'>, turn: Invocation) {
  const [{ exportReaders }, { exportServices }] = await Promise.all([
    import('../exports/export-readers.ts'),
    import('../exports/exports-services.ts'),
  ]);
  return exportReaders(message, { ...(await exportServices()), ...turn });
}

async function endIncident(message: Of<'incident'>, { remainingMilliseconds }: Invocation) {
  const [{ settleIncident }, { incidentServices }] = await Promise.all([
    import('../deliveries/incidents/settle-incident.ts'),
    import('../deliveries/deliveries-services.ts'),
  ]);
  return settleIncident(message, { ...incidentServices(), remainingMilliseconds });
}

async function countList(message: Of<'count-readers'>, turn: Invocation) {
  const [{ countReaders }, { countingServices }] = await Promise.all([
    import('../statistics/count-readers.ts'),
    import('../statistics/statistics-services.ts'),
  ]);
  return countReaders(message, { ...(await countingServices()), ...turn });
}

async function copyGone(message: Of<'copy-departures'>, turn: Invocation) {
  const [{ copyDepartures }, { copyServices }] = await Promise.all([
    import('../restores/copy-departures.ts'),
    import('../restores/restores-services.ts'),
  ]);
  return copyDepartures(message, { ...(await copyServices()), ...turn });
}

async function sendWebhooks(turn: Invocation) {
  const [{ deliverWebhooks }, { webhookServices }] = await Promise.all([
    import('../webhooks/deliver-webhooks.ts'),
    import('../webhooks/webhooks-services.ts'),
  ]);
  return deliverWebhooks({ ...(await webhookServices()), ...turn });
}
