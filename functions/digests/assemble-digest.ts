import type { IssueContent, IssueMeta, IssueState } from '../issues/issue.ts';
import { minutesAfter, type Now } from '../platform/clock.ts';
import { shards } from '../platform/keys.ts';
import type { Queue } from '../platform/queue.ts';
import type { Canary } from './canary.ts';
import type { Digest, FrozenIssue } from './digest.ts';
import type { FanOutMessage, RunDigestMessage } from './digest-messages.ts';
import type { DigestStore } from './digest-store.ts';
import { issueDigestId, occurrenceId } from './occurrence.ts';
import type { RenderedDigest } from './rendered-digest.ts';
import { renderSelections } from './selections.ts';

/** The issues as a digest needs them. */
export interface DigestIssues {
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
  render: (digest: Digest, issues: readonly IssueContent[]) => Promise<RenderedDigest>;
  fanOut: Queue<FanOutMessage>;
  runDigest: Pick<Queue<RunDigestMessage>, 'send'>;
  /** Which of its orders go out first and alone, if any. */
  canary: (frozenAt: string) => Promise<Canary | undefined>;
  timeZone: string;
  /** How long an occurrence waits before it sends, so that it can still be called off. */
  holdMinutes: number;
  now: Now;
};

/** An issue's pictures may take so long to become ours; after that the digest goes out with what is there. */
const minutesForImages = 5;
/** Pictures take seconds, most of the time. */
const secondsUntilNextLook = 2;

/**
 * Makes the digest that a message asks for, from wherever an earlier run left off: opens it, takes the queued issues,
 * freezes them, renders the email, and hands the shards to `fan-out`. Two runs at once make one digest, because every
 * step is a condition on what stands in the table.
 */
export async function assembleDigest(
  message: RunDigestMessage,
  services: AssemblyServices,
): Promise<'assembled' | 'skipped' | 'waiting' | 'over'> {
  const { digests, fanOut, now } = services;
  const opened = await digests.open(identityOf(message, services));
  if (opened.phase !== 'open') return 'over';
  if (!opened.issues && now() < minutesAfter(new Date(opened.frozenAt), minutesForImages) && (await imagesArePending(message, services))) {
    await services.runDigest.send(message, { delaySeconds: secondsUntilNextLook });
    return 'waiting';
  }
  const digest = opened.issues ? opened : await freeze(message, opened.id, services);
  const frozen = digest.issues ?? [];
  await Promise.all(frozen.map(({ slug }) => services.issues.unmarkQueued(slug)));
  if (frozen.length === 0) {
    await digests.end(digest.id, 'skipped', now());
    return 'skipped';
  }
  if (digest.holds.has('assembly')) {
    const canary = await services.canary(digest.frozenAt);
    if (canary) await digests.holdForCanary(digest.id, canary);
    const render = (some: readonly IssueContent[]) => services.render(digest, some);
    await digests.saveRendered(digest.id, await renderSelections(digest, await contents(frozen, services.issues), render));
  }
  await fanOut.sendAll(shards.map((shard) => ({ digest: digest.id, shard })));
  return 'assembled';
}

function identityOf(message: RunDigestMessage, { timeZone, holdMinutes, now }: AssemblyServices) {
  const frozenAt = now().toISOString();
  if (message.kind === 'issue')
    return { id: issueDigestId(message.slug), kind: message.kind, scheduledFor: message.scheduledTime ?? frozenAt, frozenAt };
  const scheduled = new Date(message.scheduledTime);
  const hold = holdMinutes > 0 && { holdUntil: minutesAfter(now(), holdMinutes).toISOString() };
  return { id: occurrenceId(scheduled, timeZone), kind: message.kind, scheduledFor: scheduled.toISOString(), frozenAt, ...hold };
}

/** Whether `keep-images` is still at an issue that this digest would take. */
async function imagesArePending(message: RunDigestMessage, { issues }: AssemblyServices): Promise<boolean> {
  const metas = message.kind === 'issue' ? [await issues.get(message.slug)] : await issues.marked();
  const contents = await Promise.all(metas.map((meta) => meta && issues.content(meta.slug, meta.contentHash)));
  return contents.some((content) => content?.images.some(({ state }) => state === 'pending'));
}

async function freeze(message: RunDigestMessage, digestId: string, services: AssemblyServices): Promise<Digest> {
  const taken = await takeIssues(message, digestId, services);
  const digest = await services.digests.freezeIssues(digestId, taken);
  const leftOver = taken.filter(({ slug }) => !digest.issues?.some((issue) => issue.slug === slug));
  await Promise.all(leftOver.map(({ slug }) => services.issues.giveBack(slug, digestId)));
  return digest;
}

/**
 * Takes what is queued, and what an earlier run of this digest had taken before it died. A marker outlives the taking
 * until the list is frozen, so no taken issue can be overlooked.
 */
async function takeIssues(message: RunDigestMessage, digestId: string, services: AssemblyServices): Promise<FrozenIssue[]> {
  const { issues } = services;
  const from: readonly IssueState[] = message.kind === 'issue' ? ['draft', 'queued', 'scheduled'] : ['queued'];
  const marked = message.kind === 'issue' ? [] : await issues.marked();
  await Promise.all(marked.map((meta) => giveBackIfLeftOver(meta, digestId, services)));
  const slugs = message.kind === 'issue' ? [message.slug] : marked.map(({ slug }) => slug);
  const taken = await Promise.all(slugs.map((slug) => issues.takeForDigest(slug, digestId, from)));
  return taken
    .filter((meta) => meta !== undefined)
    .sort((a, b) => a.date.localeCompare(b.date) || a.slug.localeCompare(b.slug))
    .map(({ slug, contentHash, title, date, topics, override }) => ({
      ...{ slug, contentHash, title, date },
      ...(topics.length > 0 && { topics }),
      ...(override && { override }),
    }));
}

/**
 * Of two runs at once one freezes the list; what only the other one took is in no digest, and goes back into the queue.
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
