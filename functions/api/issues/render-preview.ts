import type { IssueContent } from '../../issues/issue.ts';
import type { OutgoingMessage } from '../../mail/mailer.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { testMark } from '../test-send/send-test.ts';
import { type MailContents, mailOf, type Preview } from './preview-endpoints.ts';

type Rendering = { settings: Settings; publicOrigin: string };

/**
 * The mail as a digest would send it, by the digest's own code. Its reader does not exist: the links
 * that would be theirs carry no token, and the pages behind them say so.
 */
export async function renderPreview({
  locale,
  mail,
  ...rendering
}: Rendering & { locale: ReaderLocale; mail: MailContents }): Promise<Preview> {
  const { rendered, digestMessage, fillDigest } = await render(mail, rendering);
  const nobody = nobodysLinks(rendering);
  const { raw } = digestMessage(rendered, { settings: rendering.settings, locale, address: 'reader@example.org', tags: {}, ...nobody });
  return { ...fillDigest(rendered, locale, nobody), eml: raw };
}

/** The mail of an issue alone for people who look at it before the readers do: marked, and with a link to a page that works already. */
export async function renderTestMails({
  content,
  now,
  addresses,
  webUrl,
  ...rendering
}: Rendering & { content: IssueContent; now: Date; addresses: readonly string[]; webUrl: string }): Promise<OutgoingMessage[]> {
  const { settings } = rendering;
  const { rendered, digestMessage } = await render(mailOf(content, now), { ...rendering, webUrl });
  const marked = { ...rendered, subject: `${testMark(rendered.language)}${rendered.subject}` };
  return addresses.map((address) =>
    digestMessage(marked, { settings, locale: settings.locale, address, tags: { kind: 'test' }, ...nobodysLinks(rendering) }),
  );
}

/** Rendering is loaded when first asked for. */
async function render(mail: MailContents, rendering: Rendering & { webUrl?: string }) {
  const [{ renderDigest }, { digestMessage, fillDigest }] = await Promise.all([
    import('../../digests/rendering/render-digest.ts'),
    import('../../digests/rendering/digest-message.ts'),
  ]);
  return { rendered: await renderDigest({ ...mail, ...rendering }), digestMessage, fillDigest };
}

const nobodysLinks = ({ publicOrigin }: Pick<Rendering, 'publicOrigin'>) => ({
  unsubscribeUrl: `${publicOrigin}/unsubscribe?t=preview`,
  preferencesUrl: `${publicOrigin}/preferences?t=preview`,
});
