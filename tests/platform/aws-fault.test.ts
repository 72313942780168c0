import { expect, test } from 'vitest';
import * as z from 'zod';
import { isAwsFault } from '../../functions/platform/aws-fault.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error('words'), { name, ...more });

test.each<[string, unknown, boolean]>([
  ['a throttled table', named('ProvisionedThroughputExceededException', { $metadata: { httpStatusCode: 400 } }), true],
  ['a throttle that the SDK has told nothing else about', named('ThrottlingException'), true],
  ['an answer in the 500s', named('InternalServerError', { $metadata: { httpStatusCode: 500 } }), true],
  ['an error without a name of its own, with an answer', named('Error', { $metadata: { httpStatusCode: 503 } }), true],
  ['a time-out', named('TimeoutError'), true],
  ['a refused connection', named('Error', { code: 'ECONNREFUSED', syscall: 'connect' }), true],
  ['a broken connection', named('Error', { code: 'ECONNRESET' }), true],
  ['a host without an address', named('Error', { code: 'EAI_AGAIN' }), true],
  ['expired credentials', named('ExpiredTokenException', { $metadata: {} }), true],
  ['a request that AWS does not understand', named('ValidationException', { $metadata: { httpStatusCode: 400 } }), false],
  ['a bug', new TypeError('x is not a function'), false],
  ['a bug that Node names', named('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }), false],
  ['an item that is not as we write it', z.string().safeParse(1).error, false],
  ['our own complaint', new Error('The batch is not there.'), false],
  ['something that is no error', 'words', false],
])('%s', (_case, thrown, isAws) => {
  expect(isAwsFault(thrown)).toBe(isAws);
});
