import { maskAddressesIn } from './email-address.ts';
import type { SubmitOutcome } from './mailer.ts';

/** What we look at in whatever the SDK throws. */
type SdkError = {
  name?: string;
  message?: string;
  code?: string;
  syscall?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number };
  errors?: unknown[];
};

/**
 * The outcome class of a failed SendRawEmail. Only two things are certain: an answer in the 400s is a no, and a connection
 * that was never made carried nothing. Everything else may have been accepted.
 */
export function outcomeOfFailure(error: unknown): SubmitOutcome {
  const { name = '', message = '', $metadata, $response } = error as SdkError;
  const reason = maskAddressesIn(`${name}: ${message}`).slice(0, 300);
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  if (status !== undefined && status >= 400 && status < 500) return outcomeOfRefusal(name, message, status, reason);
  if (status !== undefined) return { kind: 'unknown', reason };
  if (name === 'CredentialsProviderError') return { kind: 'denied', reason };
  return { kind: neverConnected(error as SdkError) ? 'not_sent' : 'unknown', reason };
}

function outcomeOfRefusal(name: string, message: string, status: number, reason: string): SubmitOutcome {
  // SES says both with one code; only the words tell a full day from a busy second.
  if (/^(Throttling|TooManyRequests|RequestLimitExceeded|LimitExceeded)/.test(name) || status === 429) {
    return /quota/i.test(message) ? { kind: 'quota' } : { kind: 'throttled' };
  }
  if (/not ?verified/i.test(`${name} ${message}`)) return { kind: 'unverified', reason };
  if (status === 403 || /^(ExpiredToken|RequestExpired|IncompleteSignature|NotAuthorized)/.test(name)) return { kind: 'denied', reason };
  const blamesMessage = /^(MessageRejected|InvalidParameterValue|ValidationError)/.test(name);
  const blamesAccount = /suspend|paused|disabled|under review|configuration ?set|not authori[sz]ed/i.test(message);
  return { kind: blamesMessage && !blamesAccount ? 'rejected' : 'blocked', reason };
}

function neverConnected({ code, syscall, name, message = '', errors }: SdkError): boolean {
  // Several addresses of one host were tried: all of them must have failed before they connected.
  if (errors?.length) return errors.every((each) => neverConnected(each as SdkError));
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'ECONNREFUSED') return true;
  if (name === 'TimeoutError' && message.includes('did not establish a connection')) return true;
  return message.includes('disconnected before secure TLS connection was established');
}
