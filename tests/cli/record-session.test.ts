import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recording, recordingFile } from './record-session.ts';

test('the recorded first deployment is what the command line says today: node tests/cli/record-session.ts writes it', async () => {
  const page = await recording();

  expect(page).toContain('Hafenblatt is well.');
  expect(page).toContain('《港口周报》一切正常。');
  expect(readFileSync(recordingFile, 'utf8')).toBe(page);
});
