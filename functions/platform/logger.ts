import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs. Whoever writes to it passes ids and counts: an address or a token never goes in. */
export const logger = new Logger();
