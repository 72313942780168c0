import type { JSONWebKeySet } from 'jose';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { Resource } from '../template.ts';
import { read } from '../template.ts';
import { claimTexts } from './http-event.ts';

export type Vouched = { claims: Record<string, string>; scopes: string[] };

/**
 * A JWT authorizer of an HTTP API: signature, issuer, time, and the audience against `aud`, else against `client_id`.
 * Groups and the kind of token are none of its business, as in AWS.
 */
export class JwtAuthorizer {
  readonly #issuer: string;
  readonly #audience: string[];
  readonly #header: string;
  readonly #keys: ReturnType<typeof createLocalJWKSet>;

  constructor({ properties }: Resource, keys: JSONWebKeySet) {
    const configuration = read.object(properties, 'JwtConfiguration');
    this.#issuer = read.text(configuration, 'Issuer') ?? '';
    this.#audience = read.texts(configuration, 'Audience');
    this.#header = (read.texts(properties, 'IdentitySource')[0] ?? '$request.header.Authorization')
      .replace('$request.header.', '')
      .toLowerCase();
    this.#keys = createLocalJWKSet(keys);
  }

  /** What the token says, or undefined where there is none that holds. */
  async check(headers: Record<string, string>, now: Date): Promise<Vouched | undefined> {
    const token = headers[this.#header]?.replace(/^Bearer\s+/i, '');
    if (!token) return undefined;
    try {
      const { payload } = await jwtVerify(token, this.#keys, { issuer: this.#issuer, currentDate: now, algorithms: ['RS256'] });
      const audience = payload.aud ?? payload.client_id;
      const audiences = Array.isArray(audience) ? audience : [audience];
      if (!audiences.some((one) => this.#audience.includes(String(one)))) return undefined;
      return { claims: claimTexts(payload), scopes: String(payload.scope ?? '').split(' ') };
    } catch {
      return undefined;
    }
  }
}
