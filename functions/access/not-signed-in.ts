import { Refusal } from '../platform/refusal.ts';

/** A refusal that a new sign-in, or another key, ends; RFC 6750 (section 3) wants no `error` where no token came. */
export const notSignedIn = (
  code: 'not_signed_in' | 'session_over' | 'sign_in_ended' | 'address_not_verified' | 'key_unknown' | 'key_revoked' | 'key_expired',
) => new Refusal(code, {}, { headers: { 'www-authenticate': code === 'not_signed_in' ? 'Bearer' : 'Bearer error="invalid_token"' } });
