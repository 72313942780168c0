type Rgb = readonly [red: number, green: number, blue: number];

const named: Readonly<Record<string, string>> = {
  white: '#ffffff',
  black: '#000000',
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  gray: '#808080',
  grey: '#808080',
  silver: '#c0c0c0',
  lightgray: '#d3d3d3',
  lightgrey: '#d3d3d3',
  darkgray: '#a9a9a9',
  darkgrey: '#a9a9a9',
  yellow: '#ffff00',
  orange: '#ffa500',
  pink: '#ffc0cb',
};

/** A colour as people write it: `#abc`, `#aabbcc`, `rgb(1, 2, 3)` or a common name; undefined for anything else. */
export function readColour(text: string): Rgb | undefined {
  const written = named[text.trim().toLowerCase()] ?? text.trim();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(written);
  if (short) return hex(short.slice(1).map((digit) => digit + digit));
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(written);
  if (long) return hex(long.slice(1));
  const rgb = /^rgb\(\s*(\d{1,3})(?:\s*,\s*|\s+)(\d{1,3})(?:\s*,\s*|\s+)(\d{1,3})\s*\)$/i.exec(written);
  return rgb ? [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])] : undefined;
}

const hex = ([red = '', green = '', blue = '']: string[]): Rgb => [
  Number.parseInt(red, 16),
  Number.parseInt(green, 16),
  Number.parseInt(blue, 16),
];

/** The contrast ratio of WCAG 2.2, from 1 to 21; 21 where a colour cannot be read. */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [readColour(one), readColour(other)];
  if (!a || !b) return 21;
  const [light = 1, dark = 1] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const share = Math.min(value, 255) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
