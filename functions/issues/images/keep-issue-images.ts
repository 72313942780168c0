import type { Queue } from '../../platform/queue.ts';
import type { IssueContent } from '../issue.ts';
import type { IssueStore } from '../issue-store.ts';
import { ImageFailure } from './image-failure.ts';
import { type ImageOutcome, uploadedHash, withOutcomes } from './image-outcome.ts';
import type { ImageStore } from './image-store.ts';
import { type KeepImagesMessage, keepImagesMessage, mostSlow } from './keep-images-message.ts';
import type { MailImage } from './mail-image.ts';

export type KeepServices = {
  issues: Pick<IssueStore, 'get' | 'content' | 'setImages'>;
  images: Pick<ImageStore, 'keep' | 'isOurs' | 'putByEarlier'>;
  /** The bytes at an address on the web. @throws ImageFailure */
  fetchImage: (address: string) => Promise<Uint8Array>;
  mailImage: (bytes: Uint8Array) => Promise<MailImage>;
  queue: Pick<Queue<KeepImagesMessage>, 'send'>;
  /** How much longer this turn may last. */
  remainingMilliseconds: () => number;
};

/** Servers are slow, and none of them is asked for much at once. */
const atOnce = 6;
/** A server may take so long (`fetchLimits`); no picture is begun that its server could not hand over in this turn. */
const serverMs = 3_500;

/**
 * Makes the pictures of an issue ours, as far as the time allows; the rest is left to another turn. A picture whose server takes
 * too long is tried a second time, after all others. Editors may replace the issue meanwhile, so what is stored is whatever the issue
 * says by then, with its pictures where they are ours.
 */
export async function keepIssueImages(
  { slug, slow: slowBefore = [] }: KeepImagesMessage,
  services: KeepServices,
): Promise<'kept' | 'postponed' | 'gone'> {
  const outcomes = new Map<string, ImageOutcome>();
  const slow = new Set(slowBefore);
  for (;;) {
    const meta = await services.issues.get(slug);
    const content = meta && (await services.issues.content(slug, meta.contentHash));
    if (!content) return 'gone';
    const missing = unkeptImages(content, services.images).filter((address) => !outcomes.has(address));
    const left = await keepAll(missing, outcomes, slow, services);
    const stored = outcomes.size === 0 || (await services.issues.setImages(withOutcomes(content, outcomes), meta.contentHash));
    if (!stored) continue;
    if (!left) return 'kept';
    await services.queue.send(keepImagesMessage(slug, [...slow]));
    return 'postponed';
  }
}

/** Addresses of the pictures that are to become ours, the cover among them when it is none of the text's. */
function unkeptImages({ images, cover }: IssueContent, store: Pick<ImageStore, 'isOurs'>): string[] {
  const addresses = new Set(images.filter(({ state }) => state === 'pending').map(({ url }) => url));
  const apart = cover !== null && /^https:/i.test(cover) && !store.isOurs(cover) && images.every(({ url }) => url !== cover);
  return apart ? [...addresses, cover] : [...addresses];
}

/** Whether pictures are left for another turn: those there was no time for, and those that were slow for the first time. */
async function keepAll(
  addresses: readonly string[],
  outcomes: Map<string, ImageOutcome>,
  slow: Set<string>,
  services: KeepServices,
): Promise<boolean> {
  const slowBefore = new Set(slow);
  let left = false;
  const queue = addresses.toSorted((one, other) => Number(slowBefore.has(one)) - Number(slowBefore.has(other))).values();
  const keepNext = async () => {
    for (const address of queue) {
      if (services.remainingMilliseconds() < serverMs) {
        left = true;
        continue;
      }
      const outcome = await outcomeOf(() => bytesOf(address, services), services);
      const mayTryAgain = !slowBefore.has(address) && slow.size < mostSlow;
      if ('reason' in outcome && outcome.reason === 'timed_out' && mayTryAgain) {
        slow.add(address);
        left = true;
      } else outcomes.set(address, outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, keepNext));
  return left;
}

async function bytesOf(address: string, { images, fetchImage }: KeepServices): Promise<Uint8Array> {
  const hash = uploadedHash(address);
  if (hash === undefined) return fetchImage(address);
  const original = await images.putByEarlier(hash);
  if (!original) throw new ImageFailure('unreachable');
  return original;
}

/** What became of one picture; an error in this code is thrown. */
export async function outcomeOf(
  bytes: () => Promise<Uint8Array>,
  { images, mailImage }: Pick<KeepServices, 'mailImage'> & { images: Pick<ImageStore, 'keep'> },
): Promise<ImageOutcome> {
  try {
    const image = await mailImage(await bytes());
    return { url: await images.keep(image), width: image.width, height: image.height };
  } catch (error) {
    if (error instanceof ImageFailure) return { reason: error.reason };
    throw error;
  }
}
