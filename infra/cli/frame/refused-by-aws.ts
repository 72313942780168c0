import { CliError, cannot } from './cli-error.ts';

const noCredentials = ['CredentialsProviderError', 'TokenProviderError'];
const wrongCredentials = [
  ...['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'InvalidClientTokenId'],
  ...['UnrecognizedClientException', 'SignatureDoesNotMatch', 'InvalidSignatureException', 'AuthFailure'],
];
const denied = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError', 'AuthorizationErrorException'];
const notReached = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'TimeoutError'];

/** What AWS or the way to it refused, as an error that says what would do; undefined for what is a bug of Periodical. */
export function awsFault(error: unknown): CliError | undefined {
  if (error instanceof CliError) return error;
  const { name, code = name, message } = error instanceof Error ? (error as Error & { code?: string }) : { name: '', message: '' };
  const is = (names: readonly string[]) => names.includes(name) || names.includes(code);
  if (is(noCredentials)) return cannot('no_credentials', {}, { cause: error });
  if (is(wrongCredentials)) return cannot('wrong_credentials', { message }, { cause: error });
  if (is(denied)) return cannot('access_denied', { message }, { cause: error });
  if (is(notReached)) return cannot('aws_not_reached', { message }, { cause: error });
  return undefined;
}

/** The answer, or undefined where AWS says that there is none under this name. */
export async function unlessMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const missing = ['NotFoundException', 'ResourceNotFoundException', 'UserNotFoundException', 'NoSuchHostedZone', 'NoSuchDistribution'];

/** CloudFormation has no class for it: a stack that does not exist is a `ValidationError` whose text says so. */
const isMissing = (error: unknown) =>
  error instanceof Error &&
  (missing.includes(error.name) || (error.name === 'ValidationError' && error.message.includes('does not exist')));
