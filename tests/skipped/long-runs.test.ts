import { test } from 'vitest';

test.skip('the simulation, the store tests on its table and the long journeys: they run in `npm run check`', () => undefined);
