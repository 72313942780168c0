import type { IssueContent, IssueMeta, IssueState } from '../issues/issue.ts';
import { minutesAfter, type Now } from '../platform/clock.ts';
import { shardsOf } from '../platform/keys.ts';
import type { Queue } from '../platform/queue.ts';
import type { Settings } from '../settings/settings.ts';
import type { Canary } from './canary.ts';
import type { Digest, FrozenIssue } from './digest.ts';
import { type PlanMessage, planMessage, type RunDigestMessage } from './digest-messages.ts';
import type { DigestStore } from './digest-store.ts';
import { inOrder, type NextDigestPlan, type NextDigestStore } from './next-digest.ts';
import type { RenderedDigest } from './rendering/rendered-digest.ts';
import { renderSelections } from './rendering/selections.ts';
import { shardsFor } from './shards-for.ts';
import { slotFiredAt, slotId } from './slot.ts';

/** The issues as a digest needs them. */
interface DigestIssues {
  /** Every issue with a queue marker, whatever its state: also those that a run took and has not frozen yet. */
  marked(): Promise<IssueMeta[]>;
  get(slug: string): Promise<IssueMeta | undefined>;
  content(slug: string, contentHash: string): Promise<IssueContent | undefined>;
  /** The issue, moved into the digest from one of these states, or there already; else undefined. */
  takeForDigest(slug: string, digestId: string, from: readonly IssueState[]): Promise<IssueMeta | undefined>;
  /** Back into the queue, if that digest has it. */
  giveBack(slug: string, digestId: string): Promise<void>;
  unmarkQueued(slug: string): Promise<void>;
}

export type AssemblyServices = {
  digests: DigestStore;
  issues: DigestIssues;
  /** What editors have decided about the next digest of the schedule. */
  nextDigest: Pick<NextDigestStore, 'find' | 'forget'>;
  render: (digest: Digest, issues: readonly IssueContent[]) => Promise<RenderedDigest>;
  plans: Pick<Queue<PlanMessage>, 'sendAll'>;
  runDigest: Pick<Queue<RunDigestMessage>, 'send'>;
  /** Wakes the planned batches of a digest that may be sent now. */
  wakeBatches: (digest: Digest) => Promise<unknown>;
  /** Readers whose mailboxes an earlier digest found dead in a crowd: some are tried again. */
  tryIncidents: (digest: Digest) => Promise<unknown>;
  /** Which of its batches go out first and alone, if any. */
  canary: (digest: Pick<Digest, 'frozenAt' | 'shards'>) => Promise<Canary | undefined>;
  /** About how many readers it has: how they are divided follows from that. */
  audience: (frozenAt: string) => Promise<number>;
  settings: Pick<Settings, 'schedule' | 'timeZone' | 'holdMinutes'>;
  now: Now;
};

/** The digest waits at most so long until an issue's pictures are copied; then it goes out with those that are there. */
const minutesForImages = 5;
/** Pictures take seconds, most of the time. */
const secondsUntilNextLook = 2;

/**
 * Makes the digest that a message asks for, going on where an earlier run stopped: opens it, takes the queued issues, freezes them,
 * renders the email, and asks for each shard to be planned. Two runs at once make one digest, because every step is conditional on the
 * state in the table.
 */
export async function assembleDigest(
  message: RunDigestMessage,
  services: AssemblyServices,
): Promise<'assembled' | 'skipped' | 'waiting' | 'released' | 'over' | 'no_turn'> {
  const { digests, plans, now } = services;
  const identity = identityOf(message, services);
  if (!identity) return 'no_turn';
  const opened = await digests.open(identity);
  if (opened.phase !== 'open') return 'over';
  if (opened.holds.has('hold period') && !opened.holds.has('assembly')) return endHoldPeriod(opened, message, services);
  if (!opened.issues && now() < minutesAfter(new Date(opened.frozenAt), minutesForImages) && (await imagesArePending(message, services))) {
    await services.runDigest.send(message, { delaySeconds: secondsUntilNextLook });
    return 'waiting';
  }
  const digest = opened.issues ? opened : await freeze(message, opened, services);
  const frozen = digest.issues ?? [];
  await Promise.all(frozen.map(({ slug }) => services.issues.unmarkQueued(slug)));
  if (frozen.length === 0) {
    await digests.end(digest.id, 'skipped', now());
    return 'skipped';
  }
  if (digest.planned?.version) await services.nextDigest.forget(digest.planned.version);
  if (digest.holds.has('assembly')) {
    const canary = await services.canary(digest);
    if (canary) await digests.holdForCanary(digest.id, canary);
    const render = (some: readonly IssueContent[]) => services.render(digest, some);
    await digests.saveRendered(digest.id, await renderSelections(digest, await contents(frozen, services.issues), render));
  }
  await services.tryIncidents(digest);
  await plans.sendAll(shardsOf(digest.shards).map((shard) => planMessage(digest.id, shard)));
  await comeBackAt(digest.holdUntil, message, services);
  return 'assembled';
}

/** The watch comes by once a minute, and an urgent mail is not to wait for it. */
async function endHoldPeriod(digest: Digest, message: RunDigestMessage, services: AssemblyServices) {
  const { digests, wakeBatches, now } = services;
  if (digest.holdUntil && now() < new Date(digest.holdUntil)) {
    await comeBackAt(digest.holdUntil, message, services);
    return 'waiting';
  }
  await digests.release(digest.id, 'hold period');
  const released = await digests.find(digest.id);
  if (released) await wakeBatches(released);
  return 'released';
}

/** SQS delays a message by fifteen minutes at most; a longer period is ended by the watch. */
const longestDelaySeconds = 900;

async function comeBackAt(moment: string | undefined, message: RunDigestMessage, { runDigest, now }: AssemblyServices): Promise<void> {
  const delaySeconds = moment === undefined ? 0 : Math.ceil((Date.parse(moment) - now().getTime()) / 1_000);
  if (delaySeconds > 0 && delaySeconds <= longestDelaySeconds) await runDigest.send(message, { delaySeconds });
}

/** Undefined in a week that has no turn. */
function identityOf(message: RunDigestMessage, { settings, now }: AssemblyServices) {
  const frozenAt = now().toISOString();
  if (message.kind === 'issue')
    return { id: message.digest, kind: message.kind, slug: message.slug, scheduledFor: message.scheduledTime, frozenAt };
  const slot = slotFiredAt(new Date(message.scheduledTime), settings);
  if (!slot) return undefined;
  const { holdMinutes } = settings;
  const hold = holdMinutes > 0 && { holdUntil: minutesAfter(now(), holdMinutes).toISOString() };
  return { id: slotId(slot), kind: message.kind, scheduledFor: slot.toISOString(), frozenAt, ...hold };
}

/** Whether pictures of an issue that this digest would take are still being fetched. */
async function imagesArePending(message: RunDigestMessage, { issues }: AssemblyServices): Promise<boolean> {
  const metas = message.kind === 'issue' ? [await issues.get(message.slug)] : await issues.marked();
  const contents = await Promise.all(metas.map((meta) => meta && issues.content(meta.slug, meta.contentHash)));
  return contents.some((content) => content?.images.some(({ state }) => state === 'pending'));
}

async function freeze(message: RunDigestMessage, opened: Digest, services: AssemblyServices): Promise<Digest> {
  const plan = message.kind === 'issue' ? undefined : await services.nextDigest.find();
  const [taken, audience] = await Promise.all([takeIssues(message, opened.id, plan, services), services.audience(opened.frozenAt)]);
  const digestId = opened.id;
  const digest = await services.digests.freezeIssues(digestId, taken, shardsFor(audience), plan);
  const leftOver = taken.filter(({ slug }) => !digest.issues?.some((issue) => issue.slug === slug));
  await Promise.all(leftOver.map(({ slug }) => services.issues.giveBack(slug, digestId)));
  return digest;
}

/**
 * Takes what is queued, and what an earlier run of this digest had taken before it died. A marker stays until the list is frozen, so no
 * issue that was taken can be overlooked.
 */
async function takeIssues(
  message: RunDigestMessage,
  digestId: string,
  plan: NextDigestPlan | undefined,
  services: AssemblyServices,
): Promise<FrozenIssue[]> {
  const { issues } = services;
  const from: readonly IssueState[] = message.kind === 'issue' ? ['draft', 'queued', 'scheduled'] : ['queued'];
  const marked = message.kind === 'issue' ? [] : await issues.marked();
  await Promise.all(marked.map((meta) => giveBackIfLeftOver(meta, digestId, services)));
  const slugs = message.kind === 'issue' ? [message.slug] : marked.map(({ slug }) => slug);
  const taken = await Promise.all(slugs.map((slug) => issues.takeForDigest(slug, digestId, from)));
  const inDigest = inOrder(
    taken.filter((meta) => meta !== undefined),
    plan?.order,
  );
  return inDigest.map(({ slug, contentHash, title, date, topics, override }) => ({
    slug,
    contentHash,
    title,
    date,
    ...(topics.length > 0 && { topics }),
    ...(override && { override }),
  }));
}

/**
 * Of two runs at once one freezes the list. An issue that only the other one took is in no digest and goes back into the queue.
 */
async function giveBackIfLeftOver({ slug, digestId }: IssueMeta, current: string, { issues, digests }: AssemblyServices) {
  if (!digestId || digestId === current) return;
  const other = await digests.find(digestId);
  if (other?.issues && !other.issues.some((issue) => issue.slug === slug)) await issues.giveBack(slug, digestId);
}

const contents = (frozen: readonly FrozenIssue[], issues: DigestIssues) =>
  Promise.all(
    frozen.map(async ({ slug, contentHash }) => {
      const content = await issues.content(slug, contentHash);
      if (!content) throw new Error(`The content ${contentHash.slice(0, 8)} of issue ${slug} is not stored.`);
      return content;
    }),
  );
