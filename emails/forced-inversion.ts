/**
 * What mail programs make of a mail's colours at night, whatever it says about its own. Simulated after what is known of them
 * (github.com/hteumeuleu/email-bugs/issues/68): none of them documents it. Pictures and gradients stay as they are.
 *
 * - `full`, as Gmail on iOS and Outlook for Windows: every colour's lightness (CIELAB) is turned over, its hue stays;
 * - `partial`, as Outlook.com and Gmail on Android: light grounds become dark and dark words light, the rest stays;
 * - `negative`, as simple programs do: every channel is turned over.
 */
export const inversions = {
  full: (colour: string) => turnedOver(colour),
  partial: (colour: string, use: Use) => (isLight(colour) === (use === 'ground') ? turnedOver(colour) : colour),
  negative: (colour: string) => hex(channels(colour).map((value) => 255 - value)),
} as const satisfies Record<string, (colour: string, use: Use) => string>;

type Use = 'words' | 'ground';

const isLight = (colour: string) => labOf(colour)[0] > 50;

function turnedOver(colour: string) {
  const [lightness, a, b] = labOf(colour);
  return colourOf([100 - lightness, a, b]);
}

type Triple = [number, number, number];

const channels = (colour: string): Triple => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as Triple;
const hex = (rgb: readonly number[]) => `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;

// sRGB (IEC 61966-2-1) to CIE XYZ relative to D65, and CIELAB (CIE 15).
const white: Triple = [0.95047, 1, 1.08883];
const toXyz = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
] as const;
const fromXyz = [
  [3.2404542, -1.5371385, -0.4985314],
  [-0.969266, 1.8760108, 0.041556],
  [0.0556434, -0.2040259, 1.0572252],
] as const;

const times = (matrix: readonly (readonly [number, number, number])[], [x, y, z]: Triple): Triple =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as Triple;

function labOf(colour: string): Triple {
  const linear = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Triple;
  const [x, y, z] = times(toXyz, linear).map((value, n) => {
    const share = value / (white[n] ?? 1);
    return share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;
  }) as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** What no screen can show, as a very light red, is the nearest that it can. */
function colourOf([lightness, a, b]: Triple): string {
  const y = (lightness + 16) / 116;
  const xyz = [y + a / 500, y, y - b / 200].map((value, n) => {
    const cube = value ** 3;
    return (cube > 216 / 24389 ? cube : (116 * value - 16) / (24389 / 27)) * (white[n] ?? 1);
  }) as Triple;
  const rgb = times(fromXyz, xyz).map((value) => {
    const share = Math.min(1, Math.max(0, value));
    return 255 * (share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055);
  });
  return hex(rgb);
}
