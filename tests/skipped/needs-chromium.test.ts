import { test } from 'vitest';

test.skip('the browser tests: they need Chromium (Debian: apt-get install chromium fonts-noto-cjk)', () => undefined);
