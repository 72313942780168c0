import { Worker } from 'node:worker_threads';
import { ImageFailure } from './image-failure.ts';
import type { MailImage } from './mail-image.ts';
import type { PictureAnswer } from './picture-worker.ts';

/** A picture of 60 million pixels takes three seconds on one processor. */
const longestMs = 10_000;

/** What lies beside this module: TypeScript in the source tree, a bundle of its own in a function's asset. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './picture-worker.ts' : './picture-worker.mjs', import.meta.url);

let running: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * The picture as a mail needs it (see `mailImage`), made in a thread that is ended when it takes too long: a file that keeps a
 * codec busy stops nothing else. Pictures are made one after the other, since a Lambda of this size has one processor.
 * @throws ImageFailure
 */
export function mailImageApart(bytes: Uint8Array, withinMs = longestMs): Promise<MailImage> {
  const made = last.then(() => make(bytes, withinMs));
  last = made.catch(() => undefined);
  return made;
}

async function make(bytes: Uint8Array, withinMs: number): Promise<MailImage> {
  const answer = await answerOf(running ?? start(), bytes, withinMs);
  if ('image' in answer) return answer.image;
  if ('reason' in answer) throw new ImageFailure(answer.reason);
  throw new Error(answer.error);
}

function start(): Worker {
  running = new Worker(entry);
  // Only while a picture is made does the thread keep the process alive.
  running.unref();
  return running;
}

/** What the thread answers. One that does not answer is ended. */
async function answerOf(worker: Worker, bytes: Uint8Array, withinMs: number): Promise<PictureAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<PictureAnswer>();
  const onExit = () => reject(new ImageFailure('unreadable'));
  const timer = setTimeout(() => reject(new ImageFailure('takes_too_long')), withinMs);
  worker.once('message', resolve).once('error', reject).once('exit', onExit);
  worker.ref();
  try {
    worker.postMessage(bytes);
    return await promise;
  } catch (error) {
    running = undefined;
    await worker.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
    worker.off('message', resolve).off('error', reject).off('exit', onExit);
    worker.unref();
  }
}
