import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import type { IncidentStore } from '../../digests/incident-store.ts';
import { type MailboxProvider, mailboxProviders } from '../../mail/mailbox-provider.ts';
import { minutesAfter } from '../../platform/clock.ts';
import type { Queue } from '../../platform/queue.ts';
import type { DeadMailboxes } from '../../subscribers/tombstones/dead-mailboxes.ts';
import { findPosition } from '../find-position.ts';
import type { Ledger } from '../ledger.ts';
import type { IncidentMessage } from './incident-message.ts';
import { type TakeBackServices, takeBack } from './settle-incident.ts';

export type TrialServices = TakeBackServices & {
  digests: Pick<DigestStore, 'find' | 'list'>;
  incidentStore: Pick<IncidentStore, 'try'>;
  deadMailboxes: Pick<DeadMailboxes, 'provenAt' | 'counts' | 'addressOf' | 'drop'>;
  incidents: Pick<Queue<IncidentMessage>, 'sendAll'>;
};

/** So many readers find out for all of them. */
const triedReaders = 5;
/** Where incidents that nobody has settled may be; addresses are not kept longer. */
const digestsLookedAt = 10;

/**
 * The digest that is made now is the first one since: for each incident that no editor has settled it tries five readers, who are
 * confirmed again before the audience is counted. Addresses that no incident keeps end in three days, those of bounces that were told late
 * as well; so do those of an incident that an earlier digest has tried and nobody could settle. Asked again it does what was left undone.
 */
export async function tryIncidents(current: Pick<Digest, 'id'>, services: TrialServices): Promise<void> {
  const before = (await services.digests.list(digestsLookedAt)).filter(({ id, startedAt }) => id !== current.id && startedAt !== undefined);
  for (const digest of before) for (const provider of digest.incidents) await tryOne(current.id, digest.id, provider, services);
  for (const digest of before) await endSoon(digest, current.id, services);
}

async function endSoon({ id, incidents, trials }: Digest, current: string, services: TrialServices): Promise<void> {
  const dead = [...(await services.deadMailboxes.counts(id)).keys()];
  const isOpen = (provider: MailboxProvider) => incidents.has(provider) && [undefined, current].includes(trials[provider]?.digest);
  const ending = dead.filter((provider) => !isOpen(provider));
  await services.incidents.sendAll(ending.map((provider) => ({ kind: 'incident', digest: id, provider, act: 'expire' })));
}

async function tryOne(current: string, id: string, provider: MailboxProvider, services: TrialServices): Promise<void> {
  const digest = await services.digests.find(id);
  if (!digest) return;
  const readers: string[] = [];
  for await (const reader of services.deadMailboxes.provenAt(id, provider)) if (readers.push(reader) === triedReaders) break;
  await services.incidentStore.try(digest, provider, { digest: current, readers });
  const trial = (await services.digests.find(id))?.trials[provider];
  if (trial?.digest === current) for (const reader of trial.readers) await takeBack(reader, id, services);
}

export type TrialWatchServices = {
  digests: Pick<DigestStore, 'list'>;
  incidentStore: Pick<IncidentStore, 'settle'>;
  ledger: Pick<Ledger, 'lastBatch' | 'read' | 'evidence'>;
  incidents: Pick<Queue<IncidentMessage>, 'sendAll'>;
  now: () => Date;
};

/** A mailbox that is taken back as alive may still bounce minutes later. */
const patienceMinutes = 30;

/**
 * What the mailboxes have answered that this digest tries: when all five have the mail, everybody of the incident is reinstated;
 * when one is dead again, so are the others.
 */
export async function judgeTrials(current: Digest, services: TrialWatchServices): Promise<'waiting' | 'judged'> {
  if (!current.startedAt) return 'judged';
  const isTime = services.now() >= minutesAfter(new Date(current.startedAt), patienceMinutes);
  let waiting = false;
  for (const digest of await services.digests.list(digestsLookedAt))
    for (const provider of mailboxProviders) {
      const trial = digest.trials[provider];
      if (trial?.digest !== current.id || !digest.incidents.has(provider)) continue;
      const act = isTime ? await verdictOf(current, trial.readers, services) : undefined;
      waiting ||= act === undefined;
      // The message first: it may come twice, and a settled incident is not looked at again.
      if (act) await services.incidents.sendAll([{ kind: 'incident', digest: digest.id, provider, act }]);
      if (act) await services.incidentStore.settle(digest.id, provider);
    }
  return waiting ? 'waiting' : 'judged';
}

async function verdictOf(
  digest: Digest,
  readers: readonly string[],
  { ledger }: TrialWatchServices,
): Promise<'reinstate' | 'confirm' | undefined> {
  const answers = await Promise.all(
    readers.map(async (reader) => {
      const found = await findPosition(digest, [reader], ledger);
      if (!found) return 'left';
      const evidence = await ledger.evidence(found.batch);
      if (evidence.has('bounced', found.position)) return 'dead';
      return evidence.has('delivered', found.position) ? 'arrived' : 'open';
    }),
  );
  if (answers.includes('dead')) return 'confirm';
  // Who has left, or chosen other topics, says nothing.
  const told = answers.filter((answer) => answer !== 'left');
  return told.length > 0 && told.every((answer) => answer === 'arrived') ? 'reinstate' : undefined;
}
