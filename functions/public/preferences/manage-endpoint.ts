import * as z from 'zod';
import { maskAddress, readEmailAddress } from '../../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import { eraseReader } from '../../subscribers/tombstones/erase-reader.ts';
import { type Page, securityHeaders } from '../page-layout.ts';
import { answer, type ListedReader, type Opened, type ReaderLinkServices } from '../reader-link.ts';
import { faultWords } from '../sign-up-form.ts';
import { notOnListPage } from '../subscription-pages.ts';
import { erasedPage, type Management, managePage } from './manage-page.ts';
import { myData } from './my-data.ts';
import { preferencesWords } from './preferences-words.ts';

const yes = z.union([z.literal('yes'), z.literal(true)]).optional();
const ManageChoice = z.looseObject({ newAddress: z.string().optional(), download: yes, erase: yes, sure: yes });

/**
 * Download, a new address, or deletion: for whoever followed the link that was mailed to the address on file. Deletion also for
 * somebody who has left meanwhile, or whose deletion was begun and not ended.
 */
export async function manageChoice(
  request: HttpRequest,
  { id, reader }: { id: string; reader: ListedReader | undefined },
  fields: unknown,
  opened: Opened,
  services: ReaderLinkServices,
) {
  const { site } = services;
  const choice = ManageChoice.parse(fields);
  if (choice.erase && choice.sure) {
    const current = await services.account.current(id);
    await eraseReader(current?.id ?? id, { page: '/preferences', locale: opened.locale }, services);
    return answer(request, site, erasedPage(opened.locale), 'erased');
  }
  if (!reader) return answer(request, site, notOnListPage(opened, '/preferences'), 'not_subscribed');
  if (choice.download) return download(reader, opened, services);
  if (choice.newAddress !== undefined) return askNewAddress(request, reader, choice.newAddress, opened, services);
  if (!choice.erase) throw new Refusal('invalid_request', 'Send newAddress, download or erase.');
  const message = preferencesWords[opened.locale].notSure;
  const refusal = new Refusal('invalid_request', message, [{ path: 'sure', message }]);
  return answer(request, site, manage(reader, opened, { notSure: true }), refusal);
}

async function askNewAddress(request: HttpRequest, reader: ListedReader, typed: string, opened: Opened, services: ReaderLinkServices) {
  const { site, account, confirmations, now } = services;
  const read = readEmailAddress(typed);
  const fault = addressFault(read, reader, opened);
  if (fault !== undefined || typeof read === 'string') {
    const page = manage(reader, opened, { newAddress: typed, addressFault: fault });
    return answer(request, site, page, new Refusal('invalid_request', fault ?? '', [{ path: 'newAddress', message: fault ?? '' }]));
  }
  const may = await account.mayMailAgain(reader.id, 'move', now());
  if (may) await confirmations.send({ kind: 'move', id: reader.id, email: read.address, locale: opened.locale });
  const said = may ? 'moveSent' : 'moveAlready';
  return answer(request, site, manage(reader, opened, { said }), may ? 'check_your_mail' : 'sent_before');
}

function addressFault(read: ReturnType<typeof readEmailAddress>, reader: ListedReader, { locale }: Opened) {
  if (typeof read === 'string') return faultWords({ email: read }, locale)[0]?.message;
  return read.identity === reader.address.toLowerCase() ? preferencesWords[locale].sameAddress : undefined;
}

/** Who asks has shown that the mailbox is theirs. */
async function download(reader: ListedReader, { locale }: Opened, services: ReaderLinkServices): Promise<HttpResponse> {
  const body = { newsletter: services.site.settings.newsletterName, ...(await myData(reader, locale, services)) };
  return {
    status: 200,
    headers: {
      ...securityHeaders,
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-data.json"',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    },
    body: `${JSON.stringify(body, null, 2)}\n`,
  };
}

/** The page that the second link opens. */
export const manage = (reader: ListedReader, opened: Opened, said: Partial<Management> = {}): Page =>
  managePage(opened.locale, { token: opened.token, maskedAddress: maskAddress(reader.address), ...said });
