import * as z from 'zod';
import { maskAddress, readEmailAddress } from '../../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import { eraseReader } from '../../subscribers/tombstones/erase-reader.ts';
import { type Page, securityHeaders } from '../page-layout.ts';
import { answer, type ListedReader, type Opened, type ReaderLinkServices } from '../reader-link.ts';
import { faultWords } from '../sign-up-form.ts';
import { erasedPage, type Management, managePage } from './manage-page.ts';
import { preferencesWords } from './preferences-words.ts';

const yes = z.union([z.literal('yes'), z.literal(true)]).optional();
const ManageChoice = z.looseObject({ newAddress: z.string().optional(), download: yes, erase: yes, sure: yes });

/** Download, a new address, or deletion: for whoever followed the link that was mailed to the address on file. */
export async function manageChoice(
  request: HttpRequest,
  reader: ListedReader,
  fields: unknown,
  opened: Opened,
  services: ReaderLinkServices,
) {
  const { site } = services;
  const choice = ManageChoice.parse(fields);
  if (choice.download) return download(reader, services);
  if (choice.newAddress !== undefined) return askNewAddress(request, reader, choice.newAddress, opened, services);
  if (!choice.erase) throw new Refusal('invalid_request', 'Send newAddress, download or erase.');
  if (!choice.sure) {
    const message = preferencesWords[opened.locale].notSure;
    const refusal = new Refusal('invalid_request', message, [{ path: 'sure', message }]);
    return answer(request, site, manage(reader, opened, { notSure: true }), refusal);
  }
  await eraseReader(reader.id, { page: '/preferences', locale: opened.locale }, services);
  return answer(request, site, erasedPage(opened.locale), 'erased');
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

/** All we keep about one reader, under this id and those they had before; who asks has shown that the mailbox is theirs. */
async function download(reader: ListedReader, { consents, site, now }: ReaderLinkServices): Promise<HttpResponse> {
  const { id, state, address, locale, topics } = reader;
  const before = reader.state === 'confirmed' ? reader.movedFrom : undefined;
  const body = {
    newsletter: site.settings.newsletterName,
    reader: {
      ...{ id, state, address, locale, topics },
      ...(reader.state === 'confirmed' && { confirmedAt: reader.confirmedAt, pausedUntil: reader.pausedUntil, formerId: before }),
    },
    consent: [...(before ? await consents.of(before) : []), ...(await consents.of(id))],
    networkAddresses: (await consents.networksOf(id, now())).map(({ event, at, address: from }) => ({ event, at, address: from })),
  };
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
