type Support = Record<string, Record<string, string>>;
export type CanIEmail = {
  nicenames: { family: Record<string, string>; platform: Record<string, string> };
  data: { slug: string; stats: Record<string, Support> }[];
};

/** The programs that most readers use; the others follow one of them. */
const families = ['gmail', 'outlook', 'apple-mail', 'yahoo', 'samsung-email', 'thunderbird'];

/** Under which feature of caniemail.com an element is found, where that is not its own name. */
const elements: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['abbr', 'acronym', 'audio', 'bdi', 'dialog', 'form', 'marquee', 'meter', 'object', 'picture', 'progress', 'ruby', 'rt', 'rp'].map(
      (name) => [name, `html-${name}`],
    ),
  ),
  select: 'html-select',
  svg: 'html-svg',
  textarea: 'html-textarea',
  video: 'html-video',
  link: 'html-link',
  map: 'html-image-maps',
  button: 'html-button-submit',
  input: 'html-input-text',
};

const properties = [
  'align-items animation aspect-ratio backdrop-filter background-blend-mode background-clip background-image background-position',
  'background-repeat background-size border-radius border-spacing box-shadow clip-path column-count filter flex-direction flex-wrap',
  'float clear gap inset justify-content list-style-image mask-image max-height min-height min-width mix-blend-mode object-fit opacity',
  'overflow position shape-outside text-emphasis text-overflow text-shadow transform transition visibility word-break word-spacing',
  'writing-mode z-index',
].flatMap((line) => line.split(' '));

const styles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(properties.map((name) => [name, `css-${name}`])),
  ...Object.fromEntries(['left', 'right', 'top', 'bottom'].map((name) => [name, 'css-left-right-top-bottom'])),
  'display:flex': 'css-display-flex',
  'display:grid': 'css-display-grid',
  'grid-template': 'css-grid-template',
};

/** What each of those programs says no to in its newest tested version, in words. */
export function ignoredIn({ data, nicenames }: CanIEmail) {
  const stats = new Map(data.map((feature) => [feature.slug, feature.stats]));
  const ignoredBy = (slug: string) =>
    families.flatMap((family) => {
      const platforms = Object.entries(stats.get(slug)?.[family] ?? {});
      const ignoring = platforms.filter(([, versions]) => Object.values(versions).at(-1)?.startsWith('n'));
      const name = nicenames.family[family] ?? family;
      if (ignoring.length === 0) return [];
      return [
        ignoring.length === platforms.length ? name : `${name} (${ignoring.map(([platform]) => nicenames.platform[platform]).join(', ')})`,
      ];
    });
  const table = (features: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(features)
        .map(([name, slug]) => [name, ignoredBy(slug).join(', ')] as const)
        .filter(([, clients]) => clients !== ''),
    );
  return { elements: table(elements), styles: table(styles) };
}
