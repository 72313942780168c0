import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { Settings } from '../../functions/settings/settings.ts';
import { settingsPage, settingsPageFile } from '../../infra/settings-page.ts';

const settings = Object.entries(Settings.shape) as [string, z.ZodType][];

test('docs/settings.md is what the schemas say: node infra/settings-page.ts writes it', () => {
  expect(readFileSync(settingsPageFile, 'utf8')).toBe(settingsPage());
});

test.each(settings)('%s says what it does, and its example can be used', (_, schema) => {
  const { description = '', example } = schema.meta() ?? {};

  expect(description).toMatch(/^[A-Z].*\.$/s);
  expect(schema.safeParse(example).error).toBeUndefined();
});

test('every part of a setting says what it does', () => {
  expect(settingsPage().match(/^\| `\w+` \|\s+\|.*/gm)).toBeNull();
});
