import type { Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { CountedSignUp } from '../../subscribers/limits/counted-sign-up.ts';
import type { ReaderLocale } from '../../words/locale.ts';
import { isFramed } from '../elsewhere/other-site.ts';
import { prefersHtml } from '../negotiation.ts';
import { pageResponse, type Site, securityHeaders } from '../page-layout.ts';
import type { ProofOfWork } from './proof-of-work.ts';
import { waitingPage } from './waiting-page.ts';
import type { WaitingPlaces } from './waiting-places.ts';

type Services = { site: Site; proofs: Pick<ProofOfWork, 'challenge' | 'redeem'>; places: WaitingPlaces; now: Now };
type Asked = { form?: Record<string, string | undefined> | undefined; locale: ReaderLocale; owner: CountedSignUp };

/** Whether what was brought along is a proof, or a place whose time has come; either is used up by this. */
export async function proves(
  { proof, place, owner }: { proof: string | undefined; place: string | undefined; owner: CountedSignUp },
  { proofs, places, now }: Pick<Services, 'proofs' | 'places' | 'now'>,
): Promise<boolean> {
  if (proof && (await proofs.redeem(proof, now())) === 'good') return true;
  return place !== undefined && (await places.take(place, owner, now())) === 'good';
}

/** A program gets the challenge in the problem document; a browser a page that solves it, or waits. */
export async function askForProof(
  request: HttpRequest,
  { form = {}, locale, owner }: Asked,
  { site, proofs, places, now }: Services,
): Promise<HttpResponse> {
  const challenge = await proofs.challenge(now());
  if (!prefersHtml(request)) throw new Refusal('proof_required', {}, { members: { challenge } });
  const { proof: _proof, place: brought, ...fields } = form;
  const held = brought === undefined ? undefined : places.secondsLeft(brought, owner, now());
  // A place that was used already, or was none of theirs, is answered with a new one.
  const early = held !== undefined && held > 0;
  const place = early ? brought : await places.give(owner, site.settings.limits.waitSeconds, now());
  const kept = Object.entries({ ...fields, locale, place }).filter((field): field is [string, string] => typeof field[1] === 'string');
  const seconds = place === undefined ? undefined : places.secondsLeft(place, owner, now());
  return pageResponse(
    site,
    waitingPage({ fields: Object.fromEntries(kept), challenge, seconds, early, framed: isFramed(request) }, locale),
  );
}

/** The script of the waiting page. */
export async function showProofScript(_request: HttpRequest, { proofScript }: { proofScript: () => Promise<Uint8Array | undefined> }) {
  const body = await proofScript();
  if (!body) throw new Refusal('not_found');
  const headers = { ...securityHeaders, 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=300' };
  return { status: 200, headers, body: Buffer.from(body).toString() };
}
