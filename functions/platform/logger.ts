import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs. Callers pass ids and counts, never an address or a token. */
export const logger = new Logger();

/** An error as a log may hold it: addresses masked, a short stack. */
export const faultOf = (error: unknown) =>
  error instanceof Error
    ? {
        name: error.name,
        message: error.message.replace(/\S+/g, (word) => (word.slice(1, -1).includes('@') ? '•@•' : word)),
        stack: error.stack?.split('\n').slice(1, 6).join(' '),
      }
    : { name: typeof error, message: 'not an Error' };
