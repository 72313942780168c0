import { parentPort } from 'node:worker_threads';
import { type FailureReason, ImageFailure } from './image-failure.ts';
import { type MailImage, mailImage } from './mail-image.ts';

/** What this thread answers: the picture, why it cannot be kept, or the message of an error in the code. */
export type PictureAnswer = { image: MailImage } | { reason: FailureReason } | { error: string };

// Entry of a thread of its own: codecs decode without a pause, so only a thread can be ended while they do.
parentPort?.on('message', async (bytes: Uint8Array) => parentPort?.postMessage(await answerTo(bytes)));

async function answerTo(bytes: Uint8Array): Promise<PictureAnswer> {
  try {
    return { image: await mailImage(bytes) };
  } catch (error) {
    return error instanceof ImageFailure ? { reason: error.reason } : { error: String(error) };
  }
}
