import type { IssueStore } from '../issues/issue-store.ts';
import type { HttpRequest, HttpResponse } from '../platform/http.ts';
import type { ReaderLocale } from '../platform/locale.ts';
import type { Queue } from '../platform/queue.ts';
import { Refusal } from '../platform/refusal.ts';
import type { AccountMailMessage } from '../subscribers/account/account-mail.ts';
import type { ReaderAccount } from '../subscribers/account/reader-account.ts';
import type { ConfirmingServices } from '../subscribers/confirm-subscription.ts';
import type { ConsentWordings } from '../subscribers/consent-wordings.ts';
import type { ConfirmationMessage } from '../subscribers/request-subscription.ts';
import type { ConfirmedReader, PendingReader } from '../subscribers/subscriber.ts';
import type { TokenRing } from '../subscribers/token-ring.ts';
import type { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import type { WelcomeMessage } from '../subscribers/welcome/welcome-message.ts';
import { localeOf, prefersHtml } from './negotiation.ts';
import { type Page, pageResponse, type Site } from './page-layout.ts';
import type { MyDataServices } from './preferences/my-data.ts';
import { json } from './subscription-endpoints.ts';

/** What the links in mails need. Their GETs only look: link scanners follow every link of every mail. */
export type ReaderLinkServices = ConfirmingServices &
  MyDataServices & {
    site: Site;
    ring: TokenRing;
    originKey: string;
    wordings: ConsentWordings;
    account: ReaderAccount;
    tombstones: Pick<Tombstones, 'erase' | 'forget'>;
    confirmations: Queue<ConfirmationMessage | AccountMailMessage>;
    issues: Pick<IssueStore, 'archived'>;
    welcomes: Pick<Queue<WelcomeMessage>, 'send'>;
  };

/** A link as it was opened, and the language to answer in. */
export type Opened = { token: string; locale: ReaderLocale };

export const openedBy = (request: HttpRequest, { site }: Pick<ReaderLinkServices, 'site'>): Opened => ({
  token: request.query.get('t') ?? '',
  locale: localeOf(request, site.settings.locale),
});

/** Somebody who gets mails or is about to. */
export type ListedReader = ConfirmedReader | PendingReader;

/** Whoever is on the list under this id, or under the address they changed it for since. */
export async function onTheList(id: string, { account }: Pick<ReaderLinkServices, 'account'>): Promise<ListedReader | undefined> {
  const reader = await account.current(id);
  return reader?.state === 'confirmed' || reader?.state === 'pending' ? reader : undefined;
}

/** A page for people; for programs a status, or the refusal that the page shows beside its field. */
export function answer(request: HttpRequest, site: Site, page: Page, status: string | Refusal): HttpResponse {
  if (prefersHtml(request)) return pageResponse(site, page);
  if (status instanceof Refusal) throw status;
  return json(200, { status });
}
