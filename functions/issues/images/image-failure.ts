/** Why a picture could not be kept, in English. */
export const failureWords = {
  not_https: 'its address is not https on the usual port',
  private_address: 'its address is not on the public internet',
  unreachable: 'its server cannot be reached',
  timed_out: 'its server took too long',
  refused: 'its server did not hand it out',
  too_many_redirects: 'its server sends on from one address to the next',
  too_large: 'it is larger than 15 MB',
  too_many_pixels: 'it has more than 60 million pixels, all frames together',
  side_too_long: 'a side of it is longer than 20,000 pixels',
  takes_too_long: 'it takes longer than ten seconds to open',
  not_a_picture: 'what came is not a JPEG, PNG, GIF, WebP, AVIF or HEIC picture',
  svg: 'it is an SVG, which mail programs do not show',
  unreadable: 'it is damaged or cut off',
} as const;

export type FailureReason = keyof typeof failureWords;

export const failureReasons = Object.keys(failureWords) as FailureReason[];

/** A picture that cannot be kept. `transient`: another try may go better. */
export class ImageFailure extends Error {
  override readonly name = 'ImageFailure';
  readonly reason: FailureReason;
  readonly transient: boolean;
  constructor(reason: FailureReason, { transient = false, cause }: { transient?: boolean; cause?: unknown } = {}) {
    super(failureWords[reason], { cause });
    this.reason = reason;
    this.transient = transient;
  }
}
