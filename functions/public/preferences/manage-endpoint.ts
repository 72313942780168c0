import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { maskAddress, readEmailAddress } from '../../mail/email-address.ts';
import { epochSeconds } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { ReaderToken } from '../../subscribers/reader-token.ts';
import type { ListedReader } from '../../subscribers/subscriber.ts';
import { eraseReader } from '../../subscribers/tombstones/erase-reader.ts';
import { pagesWords } from '../../words/languages.ts';
import { type Page, pageResponse, securityHeaders } from '../page-layout.ts';
import { answer, isListed, type Opened, type ReaderLinkServices } from '../reader-link.ts';
import { faultWords } from '../sign-up-form.ts';
import { notOnListPage } from '../subscription-pages.ts';
import { erasedPage, type Management, managePage } from './manage-page.ts';
import { myData } from './my-data.ts';

const yes = z.union([z.literal('yes'), z.literal(true)]).optional();
const ManageChoice = z.looseObject({ newAddress: z.string().optional(), download: yes, erase: yes, sure: yes });

type SecondLink = Extract<ReaderToken, { purpose: 'manage' }>;

/**
 * What is under the address that the second link was mailed to. Nobody is followed: once that address has moved, joined another
 * reader's, or got a subscription of its own again, the link opens nothing.
 */
async function behind({ id, issuedAt }: SecondLink, { account }: ReaderLinkServices): Promise<ListedReader | undefined> {
  const reader = await account.at(id);
  if (reader?.state === 'moved') throw new Refusal('manage_link_ended');
  // The link says its second, the item its millisecond.
  const since = reader?.state === 'confirmed' ? epochSeconds(new Date(reader.confirmedAt)) : 0;
  if (since > epochSeconds(issuedAt)) throw new Refusal('manage_link_ended');
  return isListed(reader) ? reader : undefined;
}

export async function showManage(token: SecondLink, opened: Opened, services: ReaderLinkServices): Promise<HttpResponse> {
  const reader = await behind(token, services);
  return pageResponse(services.site, reader ? manage(reader, opened) : notOnListPage(opened, '/preferences'));
}

/**
 * Download, a new address, or deletion: for a person who followed the link that was mailed to the address on file. Deletion also for
 * somebody who has left meanwhile, or whose deletion was begun and not ended.
 */
export async function manageChoice(request: HttpRequest, token: SecondLink, fields: unknown, opened: Opened, services: ReaderLinkServices) {
  const { site } = services;
  const reader = await behind(token, services);
  const choice = ManageChoice.parse(fields);
  if (choice.erase && choice.sure) {
    await eraseReader(token.id, { page: '/preferences', locale: opened.locale }, services);
    return answer(request, site, erasedPage(opened.locale), 'erased');
  }
  if (!reader) return answer(request, site, notOnListPage(opened, '/preferences'), 'not_subscribed');
  if (choice.download) return download(reader, opened, services);
  if (choice.newAddress !== undefined) return askNewAddress(request, reader, choice.newAddress, opened, services);
  if (!choice.erase) throw new Refusal('nothing_to_manage');
  return answer(request, site, manage(reader, opened, { notSure: true }), new Refusal('erasing_not_confirmed'));
}

async function askNewAddress(request: HttpRequest, reader: ListedReader, typed: string, opened: Opened, services: ReaderLinkServices) {
  const { site, account, confirmations, now } = services;
  const read = readEmailAddress(typed);
  const fault = addressFault(read, reader, opened);
  if (fault !== undefined || typeof read === 'string') {
    const page = manage(reader, opened, { newAddress: typed, addressFault: fault });
    return answer(
      request,
      site,
      page,
      typeof read === 'string' ? new Refusal('new_address_invalid', { fault: read }) : new Refusal('same_address'),
    );
  }
  const at = now();
  const may = await account.mayAskToMove(reader.id, at);
  const asked = { kind: 'move', id: reader.id, email: read.address, locale: opened.locale } as const;
  if (may) await confirmations.send({ ...asked, request: randomUUID(), at: at.toISOString() });
  const said = may ? 'moveSent' : 'moveAlready';
  return answer(request, site, manage(reader, opened, { said }), may ? 'check_your_mail' : 'sent_before');
}

function addressFault(read: ReturnType<typeof readEmailAddress>, reader: ListedReader, { locale }: Opened) {
  if (typeof read === 'string') return faultWords({ email: read }, locale)[0]?.message;
  return read.identity === reader.address.toLowerCase() ? pagesWords[locale].manage.sameAddress : undefined;
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
const manage = (reader: ListedReader, opened: Opened, said: Partial<Management> = {}): Page =>
  managePage(opened.locale, { token: opened.token, maskedAddress: maskAddress(reader.address), ...said });
