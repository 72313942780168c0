import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metadataKeys, unusedKeys } from '../../functions/issues/details/metadata-keys.ts';

const page = readFileSync('docs/issue-files.md', 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| `'));
const written = (names: string) => names.split(',').map((name) => `\`${name.trim().replace(/\s+/g, ' ')}\``);

test.each([...Object.entries(metadataKeys), ...Object.entries(unusedKeys)])(
  'the page of issue files lists every key for %s in one row',
  (_thing, names) => {
    const row = rows.find((line) => written(names).every((name) => line.includes(name)));

    expect(row).toBeDefined();
  },
);

test('each thing that has no effect is named as the finding names it', () => {
  for (const thing of Object.keys(unusedKeys))
    expect(
      rows.some((row) => row.split('|')[2]?.trim() === thing),
      thing,
    ).toBe(true);
});
