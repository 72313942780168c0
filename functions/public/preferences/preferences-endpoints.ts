import * as z from 'zod';
import { maskAddress } from '../../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import { leave } from '../../subscribers/leave.ts';
import { openEither } from '../../subscribers/reader-token.ts';
import type { ListedReader } from '../../subscribers/subscriber.ts';
import { readerLocales } from '../../words/locale.ts';
import { type Page, pageResponse } from '../page-layout.ts';
import { answer, type Found, type Opened, onTheList, openedBy, type ReaderLinkServices } from '../reader-link.ts';
import { requestFields } from '../request-fields.ts';
import { notOnListPage, unsubscribedPage } from '../subscription-pages.ts';
import { leavingReason } from './leaving-reason.ts';
import { manageChoice, showManage } from './manage-endpoint.ts';
import { movedAwayPage, type Preferences, pauseMonths, preferencesPage } from './preferences-page.ts';
import { chosenTopics } from './topic-choice.ts';

/** A page that a link from any mail opens; the second link, which only the address on file gets, opens it wider. */
export async function showPreferences(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, now } = services;
  const opened = openedBy(request, services);
  const token = openEither(ring, opened.token, ['preferences', 'manage'], now());
  if (token.purpose === 'manage') return showManage(token, opened, services);
  const found = await onTheList(token.id, services);
  if (!found) return pageResponse(site, notOnListPage(opened, '/preferences'));
  return pageResponse(site, found.moved ? movedAwayPage(opened) : preferences(found.reader, opened, services));
}

const yes = z.union([z.literal('yes'), z.literal(true)]).optional();

const Choice = z.looseObject({
  locale: z.enum(readerLocales).optional(),
  /** As JSON; a form has a field `topic-<id>` each, and says that it showed them. */
  topics: z.array(z.string()).optional(),
  topicsShown: yes,
  /** Months; 0 ends the break. */
  pause: z.coerce
    .number()
    .int()
    .min(0)
    .max(Math.max(...pauseMonths))
    .optional(),
  link: yes,
  leave: yes,
});

export async function choosePreferences(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, now } = services;
  const opened = openedBy(request, services);
  const token = openEither(ring, opened.token, ['preferences', 'manage'], now());
  const { fields } = await requestFields(request);
  if (token.purpose === 'manage') return manageChoice(request, token, fields, opened, services);
  const found = await onTheList(token.id, services);
  const reason = found ? undefined : await leavingReason(request);
  if (reason && (await services.account.sayWhy(token.id, reason)))
    return answer(request, site, unsubscribedPage(opened, '/preferences', true), 'unsubscribed');
  if (!found) return answer(request, site, notOnListPage(opened, '/preferences'), 'not_subscribed');
  const { reader, moved } = found;
  const choice = Choice.parse(fields);
  if (choice.leave) {
    await leave(reader.id, 'page', { page: '/preferences', locale: opened.locale }, services);
    return answer(request, site, unsubscribedPage(opened, '/preferences'), 'unsubscribed');
  }
  if (choice.pause !== undefined) return takeBreak(request, found, choice.pause, opened, services);
  if (moved) return answer(request, site, movedAwayPage(opened, { status: 410 }), new Refusal('subscription_moved'));
  if (choice.link) return mailLink(request, reader, opened, services);
  return save(request, reader, choice, opened, services);
}

async function save(
  request: HttpRequest,
  reader: ListedReader,
  choice: z.infer<typeof Choice>,
  opened: Opened,
  services: ReaderLinkServices,
): Promise<HttpResponse> {
  const { site, subscribers, account } = services;
  const topics = chosenTopics(choice, site.settings);
  if (!choice.locale && !topics) throw new Refusal('nothing_chosen', { locales: readerLocales });
  if (topics?.length === 0) return refuseNoTopic(request, reader, choice.locale, opened, services);
  if (choice.locale) await subscribers.chooseLocale(reader.id, choice.locale);
  if (topics) await account.chooseTopics(reader.id, topics === 'all' ? [] : topics);
  return answer(request, site, preferences(await latest(reader, services), opened, services, { said: 'saved' }), 'saved');
}

function refuseNoTopic(
  request: HttpRequest,
  reader: ListedReader,
  locale: ListedReader['locale'] | undefined,
  opened: Opened,
  services: ReaderLinkServices,
) {
  const page = preferences({ ...reader, ...(locale && { locale }) }, opened, services, { noTopic: true });
  return answer(request, services.site, page, new Refusal('no_topic_left'));
}

/** By the calendar: a break of a month begun on the 31st ends on the last day of the next. */
async function takeBreak(request: HttpRequest, { reader, moved }: Found, months: number, opened: Opened, services: ReaderLinkServices) {
  const { site, account, now } = services;
  const until = months > 0 ? monthsAfter(now(), months).toISOString() : undefined;
  await account.pause(reader.id, until);
  const said = until ? 'paused' : 'resumed';
  if (moved) return answer(request, site, movedAwayPage(opened, { said }), said);
  return answer(request, site, preferences(await latest(reader, services), opened, services, { said }), said);
}

function monthsAfter(date: Date, months: number) {
  const after = new Date(date);
  after.setUTCMonth(after.getUTCMonth() + months);
  if (after.getUTCDate() !== date.getUTCDate()) after.setUTCDate(0);
  return after;
}

const linkSaid = { granted: 'ownSent', too_soon: 'ownAlready', used_up: 'ownUsedUp' } as const;
const linkStatus = { granted: 'check_your_mail', too_soon: 'sent_before', used_up: 'no_more_today' } as const;

async function mailLink(request: HttpRequest, reader: ListedReader, opened: Opened, services: ReaderLinkServices) {
  const { site, secondLinks, confirmations, now } = services;
  const turn = await secondLinks.take(reader.address.toLowerCase(), now());
  if (turn === 'granted') await confirmations.send({ kind: 'manage', id: reader.id, locale: opened.locale });
  return answer(request, site, preferences(reader, opened, services, { said: linkSaid[turn] }), linkStatus[turn]);
}

const latest = async (reader: ListedReader, services: ReaderLinkServices) => (await onTheList(reader.id, services))?.reader ?? reader;

function preferences(reader: ListedReader, opened: Opened, { site, now }: ReaderLinkServices, said: Partial<Preferences> = {}): Page {
  const { address, locale, topics } = reader;
  const until = reader.state === 'confirmed' ? reader.pausedUntil : undefined;
  return preferencesPage(site, opened.locale, {
    token: opened.token,
    maskedAddress: maskAddress(address),
    locale,
    topics,
    ...(until && until > now().toISOString() && { pausedUntil: until }),
    ...said,
  });
}
