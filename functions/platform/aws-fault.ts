type Thrown = { name?: string; code?: unknown; syscall?: unknown; $metadata?: unknown };

/** What a bug throws, or an item that is not as we write it. A request that AWS does not understand is ours, too. */
const ours = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'ZodError', '$ZodError', 'ValidationException']);

/**
 * Whether AWS could not be asked, or could not answer: what the SDK throws has a name of its own, and what Node throws about a
 * connection a code. Anything else is a fault of Periodical itself, and comes again.
 */
export function isAwsFault(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { name = '', code, syscall, $metadata } = thrown as Thrown;
  if (name === 'ValidationException') return false;
  const isOfConnection = syscall !== undefined || (typeof code === 'string' && /^E[A-Z0-9_]+$/.test(code) && !code.startsWith('ERR_'));
  return isOfConnection || $metadata !== undefined || !ours.has(name);
}
