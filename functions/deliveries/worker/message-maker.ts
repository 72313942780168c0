import type { Digest } from '../../digests/digest.ts';
import type { DigestStore } from '../../digests/digest-store.ts';
import { digestMessage } from '../../digests/rendering/digest-message.ts';
import { renderedFor } from '../../digests/rendering/selections.ts';
import { oncePer } from '../../platform/process/once.ts';
import { keyRing } from '../../platform/sealing/read-key-ring.ts';
import type { Settings } from '../../settings/settings.ts';
import { readerLinks } from '../../subscribers/reader-links.ts';
import type { Compose } from './recipient.ts';

export type MessageServices = {
  digests: Pick<DigestStore, 'rendered'>;
  /** The text of the ring of token keys (`platform/sealing/read-key-ring.ts`). */
  tokenKeys: () => Promise<string>;
  settings: () => Promise<Pick<Settings, 'newsletterName' | 'sender' | 'replyTo' | 'unsubscribeMailbox'>>;
  publicOrigin: string;
};

/** The rendered email is read once per digest and process; each reader's copy is filled in from it. */
export const messageMaker = (services: MessageServices): ((digest: Digest) => Promise<Compose>) =>
  oncePer(
    (digest) => composerOf(digest, services),
    ({ id }) => id,
  );

async function composerOf(digest: Digest, { digests, tokenKeys, settings: settingsNow, publicOrigin }: MessageServices): Promise<Compose> {
  const [rendered, keys, settings] = await Promise.all([digests.rendered(digest), tokenKeys(), settingsNow()]);
  const linksOf = readerLinks(keyRing(keys), publicOrigin);
  return ({ id, address, locale, topics }, tags) =>
    digestMessage(renderedFor(rendered, digest, topics), { settings, locale, address, tags, ...linksOf(id) });
}
