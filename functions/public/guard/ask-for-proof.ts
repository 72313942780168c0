import type { Now } from '../../platform/clock.ts';
import type { HttpRequest, HttpResponse } from '../../platform/http.ts';
import type { ReaderLocale } from '../../platform/locale.ts';
import { Refusal } from '../../platform/refusal.ts';
import { prefersHtml } from '../negotiation.ts';
import { pageResponse, type Site, securityHeaders } from '../page-layout.ts';
import type { ProofOfWork } from './proof-of-work.ts';
import { waitingPage } from './waiting-page.ts';

type Services = { site: Site; proofs: ProofOfWork; now: Now };
type Asked = { form?: Record<string, string | undefined> | undefined; locale: ReaderLocale };

/** Whether what was brought along is a proof, or a place whose time has come; either is used up by this. */
export async function proves(
  { proof, place }: { proof: string | undefined; place: string | undefined },
  { proofs, now }: Pick<Services, 'proofs' | 'now'>,
): Promise<boolean> {
  if (proof && (await proofs.redeem(proof, now())) === 'good') return true;
  return place !== undefined && (await proofs.takePlace(place, now())) === 'good';
}

/** A program gets the challenge in the problem document; a browser a page that solves it, or waits. */
export async function askForProof(
  request: HttpRequest,
  { form = {}, locale }: Asked,
  { site, proofs, now }: Services,
): Promise<HttpResponse> {
  const challenge = await proofs.challenge(now());
  if (!prefersHtml(request))
    throw new Refusal(
      'proof_required',
      'Many are signing up just now. Solve this ALTCHA challenge, and send the same again with "proof": base64 of {"challenge", "solution"}.',
      [],
      { members: { challenge } },
    );
  const held = form.place === undefined ? undefined : proofs.secondsLeft(form.place, now());
  const { proof: _proof, ...fields } = form;
  // A place that was used already, or was none, is answered with a new one.
  const early = held !== undefined && held > 0;
  const place = early && form.place !== undefined ? form.place : proofs.place(now(), site.settings.limits.waitSeconds);
  const kept = Object.entries({ ...fields, locale, place }).filter((field): field is [string, string] => typeof field[1] === 'string');
  const seconds = early ? held : site.settings.limits.waitSeconds;
  return pageResponse(site, waitingPage({ fields: Object.fromEntries(kept), challenge, seconds, early }, locale));
}

/** The script of the waiting page. */
export async function showProofScript(_request: HttpRequest, { proofScript }: { proofScript: () => Promise<Uint8Array | undefined> }) {
  const body = await proofScript();
  if (!body) throw new Refusal('not_found', 'There is nothing at this address.');
  const headers = { ...securityHeaders, 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=300' };
  return { status: 200, headers, body: Buffer.from(body).toString() };
}
