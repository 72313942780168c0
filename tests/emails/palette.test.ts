import { expect, test } from 'vitest';
import { palette } from '../../emails/palette.ts';

/** WCAG 2.2's contrast ratio of two colours. */
function contrast(one: string, other: string) {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

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
