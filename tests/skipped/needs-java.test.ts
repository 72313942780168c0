import { test } from 'vitest';

test.skip('the store tests on the real DynamoDB Local: they need Java 17 on the path', () => undefined);
