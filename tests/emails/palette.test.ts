import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Brand, contrast } from '../../emails/brand.ts';
import { inversions } from '../../emails/forced-inversion.ts';
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

test('a brand whose colours can be read by day and by night can be read where a mail program turns them over, or is refused', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

  fc.assert(
    fc.property(colour, colour, colour, (paper, ink, accent) => {
      const { success } = Brand.safeParse({ colours: { light: { paper, tint: paper, page: paper, ink, text: ink, soft: ink, accent } } });
      if (!success) return;
      for (const turn of Object.values(inversions)) {
        for (const words of [ink, accent]) expect(contrast(turn(words, 'words'), turn(paper, 'ground'))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(turn('#ffffff', 'words'), turn(accent, 'ground'))).toBeGreaterThanOrEqual(4.5);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(
    faults({
      colours: {
        light: { paper: '#7b7b7b', tint: '#7b7b7b', ink: '#000000', text: '#000000', soft: '#000000', accent: '#000000', page: '#7b7b7b' },
      },
    }).join(),
  ).toContain('where a mail program turns colours over');
});

test('turned over, black is white, a colour keeps its hue, and Outlook.com leaves what is dark already', () => {
  expect([inversions.full('#000000'), inversions.full('#ffffff')]).toEqual(['#ffffff', '#000000']);
  expect(inversions.full('#ad351b')).toBe('#e86848');
  expect([inversions.partial('#ad351b', 'ground'), inversions.partial('#ad351b', 'words')]).toEqual(['#ad351b', '#e86848']);
  expect(inversions.negative('#ad351b')).toBe('#52cae4');
});
