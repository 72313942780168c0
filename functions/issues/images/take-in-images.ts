import type { IssueContent, IssueImage } from '../issue.ts';
import type { TakenIn } from '../source/address.ts';
import { type ImageOutcome, uploadedAddress, withOutcomes } from './image-outcome.ts';
import { hashOf, type ImageStore } from './image-store.ts';
import { type IssueUpload, PicturesBeside } from './issue-upload.ts';
import { type KeepServices, outcomeOf } from './keep-issue-images.ts';

export type TakeInServices = Pick<KeepServices, 'mailImage'> & {
  images: Pick<ImageStore, 'keep' | 'isOurs' | 'putBy'>;
  /** What the file says. */
  read: (bytes: Uint8Array, takenIn: TakenIn) => IssueContent;
  /** How long an editor may be kept waiting for pictures; what takes longer is left to the worker. */
  milliseconds: number;
};

/**
 * The issue that a file and the pictures beside and inside it make. What came along is kept at once, as far as the time
 * allows; what is on the web is pending, for the worker.
 */
export async function takeInImages(upload: IssueUpload, services: TakeInServices): Promise<IssueContent> {
  const beside = new PicturesBeside(upload);
  const taken = new Map<string, { bytes: Uint8Array; shown: string }>();
  const read = services.read(upload.bytes, (address) => {
    const bytes = inlinedImage(address) ?? beside.find(address)?.bytes;
    if (!bytes) return undefined;
    const ours = uploadedAddress(hashOf(bytes));
    taken.set(ours, { bytes, shown: address.startsWith('data:') ? `${address.slice(0, 40)}…` : address });
    return ours;
  });
  const content = {
    ...read,
    images: read.images.map((image) => withState(image, services)),
    warnings: [...read.warnings, ...beside.unused()],
  };
  const deadline = performance.now() + services.milliseconds;
  const outcomes = new Map<string, ImageOutcome>();
  for (const [address, { bytes, shown }] of taken) {
    if (performance.now() < deadline) outcomes.set(address, { ...(await outcomeOf(async () => bytes, services)), shown });
    else await services.images.putBy(hashOf(bytes), bytes);
  }
  return withOutcomes(content, outcomes);
}

/** What is not on https cannot be fetched safely and stays where it is. */
function withState(image: IssueImage, { images }: Pick<TakeInServices, 'images'>): IssueImage {
  if (image.state !== 'remote' || !/^https:/i.test(image.url)) return image;
  return { ...image, state: images.isOurs(image.url) ? 'kept' : 'pending' };
}

/** The picture inside of a `data:` address (RFC 2397). */
function inlinedImage(address: string): Uint8Array | undefined {
  const written = /^\s*data:image\/[\w.+-]+((?:;[\w-]+(?:=[^;,]*)?)*),(.*)$/is.exec(address);
  if (!written) return undefined;
  const [, parameters = '', data = ''] = written;
  if (/;base64$/i.test(parameters))
    return Buffer.from(
      data.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'base64',
    );
  try {
    return Buffer.from(decodeURIComponent(data));
  } catch {
    return Buffer.from(data);
  }
}
