import { expect, test } from 'vitest';
import { Brand, contrast } from '../../emails/brand.ts';
import { palette } from '../../emails/palette.ts';

test.each(['light', 'dark'] as const)('everything can be read by %s', (time) => {
  const { ink, text, soft, accent, paper, page, tint } = palette[time];

  for (const written of [ink, text, soft, accent]) {
    for (const ground of [paper, tint]) expect(contrast(written, ground)).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(soft, page)).toBeGreaterThanOrEqual(4.5);
});

test('the words on the button can be read', () => {
  expect(contrast('#ffffff', palette.light.accent)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(palette.dark.paper, palette.dark.accent)).toBeGreaterThanOrEqual(4.5);
});

const faults = (brand: unknown) => Brand.safeParse(brand).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

test('a brand colour that cannot be read is refused, by day or by night, with the contrast it has', () => {
  expect(faults({ colours: { light: { accent: '#1d4e89' }, dark: { accent: '#8ec5ff' } } })).toEqual([]);
  expect(faults({ colours: { light: { accent: '#ffcc00' } } })[0]).toBe(
    'colours.light.accent: a contrast of 4.5 or more: accent #ffcc00 on paper #ffffff has 1.5',
  );
  expect(faults({ colours: { dark: { paper: '#888888' } } }).join()).toContain('colours.dark.text: ');
});

test('a colour that is none, and a setting that does not exist, are refused', () => {
  expect(faults({ colours: { light: { accent: 'red' } } })).toEqual(['colours.light.accent: a colour such as #ad351b']);
  expect(faults({ colours: { light: { acent: '#000000' } } })).toHaveLength(1);
});
