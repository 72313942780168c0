import { createHash } from 'node:crypto';
import * as z from 'zod';
import { scheduleWords } from '../../../emails/schedule-words.ts';
import { maskAddress } from '../../mail/email-address.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import { asksTransferAbroad } from '../../settings/editorial-settings.ts';
import { moveReader } from '../../subscribers/account/move-reader.ts';
import { confirmSubscription } from '../../subscribers/confirm-subscription.ts';
import type { ConsentContext } from '../../subscribers/consent-log.ts';
import { linkTo } from '../../subscribers/reader-links.ts';
import { openEither, type ReaderToken } from '../../subscribers/reader-token.ts';
import type { PendingReader } from '../../subscribers/subscriber.ts';
import { readerAddress } from '../guard/reader-address.ts';
import { pageResponse } from '../page-layout.ts';
import { movedPage, movePage } from '../preferences/manage-page.ts';
import { chosenTopics } from '../preferences/topic-choice.ts';
import { answer, type Opened, openedBy, type ReaderLinkServices } from '../reader-link.ts';
import { requestFields } from '../request-fields.ts';
import { faultWords } from '../sign-up-form.ts';
import { confirmedPage } from '../subscription-pages.ts';
import { type AnswerFaults, confirmPage, confirmWords } from './confirm-page.ts';

/** A sign-up, or a new address of somebody who is subscribed. */
const confirmable = ['confirm', 'move'] as const;

type ConfirmLink = Extract<ReaderToken, { purpose: 'confirm' }>;

export async function showConfirm(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, subscribers, now } = services;
  const opened = openedBy(request, services);
  const token = openEither(ring, opened.token, confirmable, now());
  if (token.purpose === 'move') return showMove(token, opened, services);
  const { id, nonce } = token;
  const reader = await subscribers.find(id);
  if (reader?.state === 'pending' && reader.nonce === nonce) return pageResponse(site, await question(reader, opened, services));
  if (reader?.state === 'confirmed' && reader.nonce === nonce) return pageResponse(site, readerConfirmed(id, opened, services));
  throw new Refusal('sign_up_ended');
}

export async function confirm(request: HttpRequest, services: ReaderLinkServices): Promise<HttpResponse> {
  const { site, ring, originKey, now } = services;
  const opened = openedBy(request, services);
  const token = openEither(ring, opened.token, confirmable, now());
  const sourceAddress = readerAddress(request, originKey);
  const click = { link: createHash('sha256').update(opened.token).digest('hex'), mailedAt: token.issuedAt.toISOString() };
  const context = { page: '/confirm', locale: opened.locale, click, sourceAddress };
  if (token.purpose === 'confirm') return confirmSignUp(request, token, context, opened, services);
  const moved = await moveReader(token, context, services);
  if (moved === 'ended') throw new Refusal('sign_up_ended');
  return answer(request, site, movedPage(opened), 'moved');
}

/** More than one network signed this address up, so nobody knows whose the choices of the sign-up were. */
const isUnclear = ({ askedFrom }: PendingReader) => (askedFrom?.size ?? 0) > 1;

async function confirmSignUp(
  request: HttpRequest,
  token: ConfirmLink,
  context: ConsentContext & { sourceAddress: string },
  opened: Opened,
  services: ReaderLinkServices,
): Promise<HttpResponse> {
  const { site, subscribers, wordings } = services;
  const { locale } = opened;
  const reader = await subscribers.find(token.id);
  const asked = reader?.state === 'pending' && reader.nonce === token.nonce && isUnclear(reader) ? reader : undefined;
  const answers = asked && (await answersIn(request, services));
  if (asked && answers?.faults) {
    const errors = faultWords(answers.faults, locale);
    const refusal = answers.faults.noTopic
      ? new Refusal('no_topic_left')
      : new Refusal('sign_up_invalid', { fields: errors.map(({ path }) => path) }, { errors });
    return answer(request, site, await question(asked, opened, services, answers.faults), refusal);
  }
  const given = answers?.given;
  const wording = confirmWords(site, locale, asked !== undefined);
  await wordings.keep(wording);
  const consent = { ...context, wording: wording.version, ...(given && { transferAbroad: given.transferAbroad }) };
  const outcome = await confirmSubscription(token, consent, services, given && { locale, topics: given.topics });
  if (outcome === 'left' || outcome === 'unknown') throw new Refusal('sign_up_ended');
  if (outcome === 'confirmed' && site.settings.welcomeMail) await welcome(token.id, services);
  return answer(request, site, readerConfirmed(token.id, opened, services), 'confirmed');
}

const Answers = z.looseObject({
  topics: z.array(z.string()).optional(),
  topicsShown: z.unknown().optional(),
  transferAbroad: z.union([z.string(), z.literal(true)]).optional(),
});

type Answered = { faults: AnswerFaults; given?: never } | { given: Given; faults?: never };
type Given = { topics: readonly string[]; transferAbroad: 'given' | 'not_asked' };

/** What the page asked for again: topics, of which none said means all, and the separate consent. */
async function answersIn(request: HttpRequest, { site: { settings } }: ReaderLinkServices): Promise<Answered> {
  const fields = Answers.parse((await requestFields(request)).fields);
  const chosen = chosenTopics(fields, settings) ?? 'all';
  const topics = chosen === 'all' ? [] : chosen;
  const asks = asksTransferAbroad(settings);
  const agreed = Boolean(fields.transferAbroad);
  const noTopic = chosen.length === 0;
  if (noTopic || (asks && !agreed))
    return { faults: { noTopic, given: agreed, ticked: topics, ...(asks && !agreed && { transferAbroad: 'refused' }) } };
  return { given: { topics, transferAbroad: asks ? 'given' : 'not_asked' } };
}

/** The page that asks, with what is known of the sign-up. */
async function question(reader: PendingReader, opened: Opened, { site, consents }: ReaderLinkServices, faults: AnswerFaults = {}) {
  const { id, address, locale, topics } = reader;
  const asked = (await consents.of(id)).findLast(({ event }) => event === 'asked');
  const transferAbroadAt = asked?.transferAbroad === 'given' ? asked.at : undefined;
  return confirmPage(
    site,
    opened,
    { maskedAddress: maskAddress(address), locale, topics, transferAbroadAt, again: isUnclear(reader) },
    faults,
  );
}

async function showMove({ id, nonce }: Extract<ReaderToken, { purpose: 'move' }>, opened: Opened, { site, account }: ReaderLinkServices) {
  const wish = await account.wish(id, nonce);
  if (wish === undefined) throw new Refusal('sign_up_ended');
  return pageResponse(site, wish === 'moved' ? movedPage(opened) : movePage(site, opened, maskAddress(wish.address)));
}

/** Once for a sign-up: the click that changed nothing asks for no mail. */
async function welcome(reader: string, { issues, welcomes }: ReaderLinkServices) {
  const [newest] = (await issues.archived({ limit: 1 })).issues;
  await welcomes.send({
    kind: 'welcome',
    reader,
    ...(newest && { newest: { slug: newest.slug, title: newest.title, language: newest.language } }),
  });
}

const readerConfirmed = (id: string, opened: Opened, { site, ring }: ReaderLinkServices) =>
  confirmedPage(opened, scheduleWords(site.settings, opened.locale), linkTo(ring, '', { purpose: 'unsubscribe', id }));
