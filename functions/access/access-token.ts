import { CognitoJwtVerifier } from 'aws-jwt-verify/cognito-verifier';
import { FetchError, JwksValidationError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { notSignedIn } from './not-signed-in.ts';

/** Whose token it is, and when they signed in to get it: a token that was renewed keeps the moment of the sign-in. */
type AccessToken = { sub: string; signedInAt: Date };

export type VerifyToken = (token: string) => Promise<AccessToken>;

/** `keysUrl`: where the pool publishes the keys it signs with. */
export type UserPool = { userPoolId: string; clientId: string; keysUrl: string };

const longestWaitMs = 3_000;

/**
 * Verifies access tokens of one client of a user pool: signature, issuer, times, client and use. The keys are fetched once
 * per process, and again when a token names one that is not among them.
 */
export function tokenVerifier({ userPoolId, clientId, keysUrl }: UserPool): VerifyToken {
  // Keys come from the address that the stack gives, so that a local run differs in nothing but this address.
  const jwksCache = new SimpleJwksCache({ fetcher: { fetch: () => fetchKeys(keysUrl) } });
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' }, { jwksCache });
  return async (token) => {
    const claims = await verifier.verify(token).catch((error: unknown) => {
      throw isAboutKeys(error) ? error : notSignedIn('session_over');
    });
    return { sub: claims.sub, signedInAt: new Date((claims.auth_time ?? claims.iat) * 1000) };
  };
}

/** That the keys could not be fetched is no fault of the caller's. */
const isAboutKeys = (error: unknown) =>
  !(error instanceof JwtBaseError) || error instanceof FetchError || error instanceof JwksValidationError;

async function fetchKeys(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(longestWaitMs) });
  if (!answer.ok) throw new Error(`The user pool answered ${answer.status} when it was asked for its keys.`);
  return answer.arrayBuffer();
}
