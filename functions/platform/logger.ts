import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs. Whoever writes to it passes ids and counts: an address or a token never goes in. */
export const logger = new Logger();

/** An error as a log may hold it: addresses masked, a short stack. */
export const faultOf = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message.replace(/\S+@\S+/g, '•@•'), stack: error.stack?.split('\n').slice(1, 6).join(' ') }
    : { name: typeof error, message: 'not an Error' };
