import * as z from 'zod';
import { closedDirection } from '../functions/platform/closed-direction.ts';
import { inversions } from './forced-inversion.ts';
import { type Colours, type Palette, palette } from './palette.ts';

const Colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'a colour such as #ad351b')
  .toLowerCase();
const someColours = z.strictObject(
  Object.fromEntries(Object.keys(palette.light).map((name) => [name, Colour.optional()])) as Record<
    keyof Colours,
    z.ZodOptional<typeof Colour>
  >,
);
const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'one line')
    .overwrite(closedDirection);

/** What makes the mails this newsletter's own. What is left out stays as it ships. */
export const Brand = z
  .strictObject({
    colours: z
      .strictObject({ light: someColours.default({}), dark: someColours.default({}) })
      .optional()
      .meta({
        description: `Colours for light mode (\`light\`) and dark mode (\`dark\`): ${Object.keys(palette.light).join(', ')}. Text must be readable on its background, with a contrast of 4.5 to 1 (WCAG 2.2).`,
      }),
    logo: z
      .strictObject({
        url: z
          .url({ protocol: /^https$/, error: 'an address that begins with https://' })
          .regex(/^\P{C}*$/u, 'an address without hidden characters'),
        width: z.number().int().min(16).max(516),
        height: z.number().int().min(8).max(300),
      })
      .optional()
      .meta({
        description:
          'A picture in place of the name: `url` on https, `width` and `height` in pixels on a wide screen. The light paper colour is behind it, in dark mode too.',
      }),
    masthead: line(120).optional().meta({ description: 'A line below the name.' }),
    footer: line(500).optional().meta({ description: 'A line at the foot, above what the law asks for.' }),
  })
  .superRefine(({ colours }, context) => {
    for (const { time, name, message } of faintColours(paletteOf({ colours })))
      context.addIssue({ code: 'custom', path: ['colours', time, name], message, input: colours?.[time][name] });
  });
export type Brand = z.infer<typeof Brand>;

/** The palette that ships, with the brand's colours in it. */
export const paletteOf = (brand: Pick<Brand, 'colours'> | undefined): Palette => ({
  light: { ...palette.light, ...given(brand?.colours?.light) },
  dark: { ...palette.dark, ...given(brand?.colours?.dark) },
});

const given = (colours: Partial<Record<keyof Colours, string | undefined>> = {}) =>
  Object.fromEntries(Object.entries(colours).filter(([, colour]) => colour !== undefined));

type Faint = { time: keyof Palette; name: keyof Colours; message: string };

/** Every colour of words that cannot be read on its background: by day, by night, or where a mail program turns the day's over. */
function faintColours({ light, dark }: Palette): Faint[] {
  const byDay = pairsOf(light, { words: '#ffffff', name: 'white words' });
  const byNight = pairsOf(dark, { words: dark.paper, name: `words of ${dark.paper}` });
  const turned = Object.values(inversions).flatMap((turn) =>
    byDay.map((pair) => ({ ...pair, words: turn(pair.words, 'words'), ground: turn(pair.ground, 'ground') })),
  );
  const faint = (time: keyof Palette, pairs: readonly Pair[], where: string): Faint[] =>
    pairs
      .map((pair) => ({ ...pair, ratio: contrast(pair.words, pair.ground) }))
      .filter(({ ratio }) => ratio < 4.5)
      .map(({ name, what, ratio }) => ({ time, name, message: `a contrast of 4.5 or more: ${what} has ${ratio.toFixed(1)}${where}` }));
  const seen = [...faint('light', byDay, ''), ...faint('dark', byNight, '')];
  return seen.length > 0 ? seen : faint('light', turned, ' where a mail program turns colours over by night');
}

type Pair = { name: keyof Colours; words: string; ground: string; what: string };

function pairsOf(colours: Colours, button: { words: string; name: string }): Pair[] {
  const on = (name: keyof Colours, ground: keyof Colours): Pair => ({
    name,
    words: colours[name],
    ground: colours[ground],
    what: `${name} ${colours[name]} on ${ground} ${colours[ground]}`,
  });
  return [
    ...(['ink', 'text', 'soft', 'accent'] as const).flatMap((words) => [on(words, 'paper'), on(words, 'tint')]),
    on('soft', 'page'),
    { name: 'accent', words: button.words, ground: colours.accent, what: `${button.name} on a button of ${colours.accent}` },
  ];
}

/** WCAG 2.2's contrast ratio of two colours, 1 to 21. */
export function contrast(one: string, other: string) {
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
