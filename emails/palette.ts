/** What is seen: by day, and by night where the mail program says so. Ink on paper stays readable when a program inverts both. */
export const palette = {
  light: {
    page: '#f3efe8',
    paper: '#ffffff',
    tint: '#f9f6f0',
    ink: '#1d1a16',
    text: '#37322b',
    soft: '#6b6459',
    line: '#e4ddd0',
    accent: '#ad351b',
  },
  dark: {
    page: '#131210',
    paper: '#1d1b18',
    tint: '#272420',
    ink: '#f6f2ea',
    text: '#d8d2c7',
    soft: '#a69e91',
    line: '#3b372f',
    accent: '#ff9675',
  },
} as const;

export type Colours = Readonly<Record<keyof (typeof palette)['light'], string>>;
export type Palette = { light: Colours; dark: Colours };

/** The palette as the placeholders of a template: `paperColour`, and `paperColourAtNight`. */
export const palettePlaceholders = ({ light, dark }: Palette = palette): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...Object.entries(light).map(([name, colour]) => [`${name}Colour`, colour]),
    ...Object.entries(dark).map(([name, colour]) => [`${name}ColourAtNight`, colour]),
  ]);
