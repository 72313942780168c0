import * as z from 'zod';
import { maskAddress } from '../../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { readerLocales } from '../../platform/locale.ts';
import { Refusal } from '../../platform/refusal.ts';
import { leave } from '../../subscribers/leave.ts';
import { openEither } from '../../subscribers/reader-token.ts';
import { type Page, pageResponse } from '../page-layout.ts';
import { answer, type ListedReader, type Opened, onTheList, openedBy, type ReaderLinkServices } from '../reader-link.ts';
import { requestFields } from '../request-fields.ts';
import { notOnListPage, unsubscribedPage } from '../subscription-pages.ts';
import { leavingReason } from './leaving-reason.ts';
import { manage, manageChoice } from './manage-endpoint.ts';
import { type Preferences, pauseMonths, preferencesPage } from './preferences-page.ts';
import { preferencesWords } from './preferences-words.ts';

/** A page that a link from any mail opens; the second link, which only the address on file gets, opens it wider. */
export async function showPreferences(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, now } = services;
  const opened = openedBy(request, services);
  const { id, purpose } = openEither(ring, opened.token, ['preferences', 'manage'], now());
  const reader = await onTheList(id, services);
  if (!reader) return pageResponse(site, notOnListPage(opened, '/preferences'));
  return pageResponse(site, purpose === 'manage' ? manage(reader, opened) : preferences(reader, opened, services));
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
  const { id, purpose } = openEither(ring, opened.token, ['preferences', 'manage'], now());
  const { fields } = await requestFields(request);
  const reader = await onTheList(id, services);
  const reason = reader ? undefined : await leavingReason(request);
  if (reason && (await services.account.sayWhy(id, reason)))
    return answer(request, site, unsubscribedPage(opened, '/preferences', true), 'unsubscribed');
  if (purpose === 'manage') return manageChoice(request, { id, reader }, fields, opened, services);
  if (!reader) return answer(request, site, notOnListPage(opened, '/preferences'), 'not_subscribed');
  const choice = Choice.parse(fields);
  if (choice.leave) {
    await leave(reader.id, 'page', { page: '/preferences', locale: opened.locale }, services);
    return answer(request, site, unsubscribedPage(opened, '/preferences'), 'unsubscribed');
  }
  if (choice.link) return mailLink(request, reader, opened, services);
  if (choice.pause !== undefined) return takeBreak(request, reader, choice.pause, opened, services);
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
  const topics = chosenTopics(choice, services);
  if (!choice.locale && !topics)
    throw new Refusal('invalid_request', `Choose ${readerLocales.join(' or ')} as locale, topics, pause, link or leave.`);
  if (topics?.length === 0) return refuseNoTopic(request, reader, choice.locale, opened, services);
  if (choice.locale) await subscribers.chooseLocale(reader.id, choice.locale);
  if (topics) await account.chooseTopics(reader.id, topics === 'all' ? [] : topics);
  return answer(request, site, preferences(await latest(reader, services), opened, services, { said: 'saved' }), 'saved');
}

/** `all` when every topic is ticked, so that those of next year come too; undefined when none were asked about. */
function chosenTopics(choice: z.infer<typeof Choice>, { site }: ReaderLinkServices): readonly string[] | 'all' | undefined {
  const known = site.settings.topics.map(({ id }) => id);
  const chosen = choice.topics ?? (choice.topicsShown ? known.filter((id) => choice[`topic-${id}`]) : undefined);
  const unknown = chosen?.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new Refusal('invalid_request', `There is no topic ${unknown.slice(0, 40)}; there are ${known.join(', ') || 'none'}.`);
  return chosen?.length === known.length && known.length > 0 ? 'all' : chosen;
}

function refuseNoTopic(
  request: HttpRequest,
  reader: ListedReader,
  locale: ListedReader['locale'] | undefined,
  opened: Opened,
  services: ReaderLinkServices,
) {
  const page = preferences({ ...reader, ...(locale && { locale }) }, opened, services, { noTopic: true });
  const message = preferencesWords[opened.locale].noTopic;
  return answer(request, services.site, page, new Refusal('invalid_request', message, [{ path: 'topics', message }]));
}

/** By the calendar: a break of a month begun on the 31st ends on the last day of the next. */
async function takeBreak(request: HttpRequest, reader: ListedReader, months: number, opened: Opened, services: ReaderLinkServices) {
  const { site, account, now } = services;
  const until = months > 0 ? monthsAfter(now(), months).toISOString() : undefined;
  await account.pause(reader.id, until);
  const said = until ? 'paused' : 'resumed';
  return answer(request, site, preferences(await latest(reader, services), opened, services, { said }), said);
}

function monthsAfter(date: Date, months: number) {
  const after = new Date(date);
  after.setUTCMonth(after.getUTCMonth() + months);
  if (after.getUTCDate() !== date.getUTCDate()) after.setUTCDate(0);
  return after;
}

async function mailLink(request: HttpRequest, reader: ListedReader, opened: Opened, services: ReaderLinkServices) {
  const { site, account, confirmations, now } = services;
  const may = await account.mayMailAgain(reader.id, 'manage', now());
  if (may) await confirmations.send({ kind: 'manage', id: reader.id, locale: opened.locale });
  const said = may ? 'ownSent' : 'ownAlready';
  return answer(request, site, preferences(reader, opened, services, { said }), may ? 'check_your_mail' : 'sent_before');
}

const latest = async (reader: ListedReader, services: ReaderLinkServices) => (await onTheList(reader.id, services)) ?? reader;

function preferences(reader: ListedReader, opened: Opened, { site, now }: ReaderLinkServices, said: Partial<Preferences> = {}): Page {
  const { address, locale, topics } = reader;
  const until = reader.state === 'confirmed' ? reader.pausedUntil : undefined;
  return preferencesPage(site, opened.locale, {
    ...{ token: opened.token, maskedAddress: maskAddress(address), locale, topics },
    ...(until && until > now().toISOString() && { pausedUntil: until }),
    ...said,
  });
}
