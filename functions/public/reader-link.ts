import type { IssueStore } from '../issues/issue-store.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import type { Queue } from '../platform/queue.ts';
import { Refusal } from '../platform/refusal.ts';
import type { KeyRing } from '../platform/sealing/key-ring.ts';
import type { AccountMailMessage } from '../subscribers/account/account-mail.ts';
import type { ReaderAccount } from '../subscribers/account/reader-account.ts';
import type { ConfirmingServices } from '../subscribers/confirm-subscription.ts';
import type { ConsentWordings } from '../subscribers/consent-wordings.ts';
import type { SecondLinkLimit } from '../subscribers/limits/second-link-limit.ts';
import { readerOfLink } from '../subscribers/reader-token.ts';
import type { ConfirmationMessage } from '../subscribers/requested-mails/confirmation-message.ts';
import type { ListedReader, Subscriber } from '../subscribers/subscriber.ts';
import type { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import type { WelcomeMessage } from '../subscribers/welcome/welcome-message.ts';
import type { ReaderLocale } from '../words/locale.ts';
import { localeOf, prefersHtml } from './negotiation.ts';
import { type Page, pageResponse, type Site } from './page-layout.ts';
import { pastedToken } from './pasted-token.ts';
import type { MyDataServices } from './preferences/my-data.ts';
import { json } from './subscription-endpoints.ts';

/** What the links in mails need. Their GETs only look: link scanners follow every link of every mail. */
export type ReaderLinkServices = ConfirmingServices &
  MyDataServices & {
    site: Site;
    ring: KeyRing;
    originKey: string;
    wordings: ConsentWordings;
    account: ReaderAccount;
    tombstones: Pick<Tombstones, 'erase' | 'forget'>;
    secondLinks: SecondLinkLimit;
    confirmations: Queue<ConfirmationMessage | AccountMailMessage>;
    issues: Pick<IssueStore, 'archived'>;
    welcomes: Pick<Queue<WelcomeMessage>, 'send'>;
  };

/** A link as it was opened, and the language to answer in. */
export type Opened = { token: string; locale: ReaderLocale };

export const openedBy = (request: HttpRequest, { site }: Pick<ReaderLinkServices, 'site'>): Opened => ({
  token: pastedToken(request.query),
  locale: localeOf(request, site.settings.locale),
});

/** The language that the reader of a link has chosen, also where the link has expired or its reader has left. */
export async function readersLocale(
  { query }: Pick<HttpRequest, 'query'>,
  { ring, account }: Pick<ReaderLinkServices, 'ring' | 'account'>,
): Promise<ReaderLocale | undefined> {
  const id = readerOfLink(ring, pastedToken(query));
  const reader = id === undefined ? undefined : await account.at(id);
  return reader && 'locale' in reader ? reader.locale : undefined;
}

/** Who a link from any mail is about; `moved`: found along a change of address, so it lets its holder leave and pause, and shows nothing. */
export type Found = { reader: ListedReader; moved: boolean };

/** The reader who is on the list under this id, or under the address they changed it for since. */
export async function onTheList(id: string, { account }: Pick<ReaderLinkServices, 'account'>): Promise<Found | undefined> {
  const reader = await account.followed(id);
  return isListed(reader) ? { reader, moved: reader.id !== id } : undefined;
}

export const isListed = (reader: Subscriber | undefined): reader is ListedReader =>
  reader?.state === 'confirmed' || reader?.state === 'pending';

/** A page for people; for programs a status, or the refusal that the page shows beside its field. */
export function answer(request: HttpRequest, site: Site, page: Page, status: string | Refusal): HttpResponse {
  if (prefersHtml(request)) return pageResponse(site, page);
  if (status instanceof Refusal) throw status;
  return json(200, { status });
}
