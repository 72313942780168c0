import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { escapeHtml } from '../functions/platform/html.ts';
import { directionOf, sidesOf } from '../functions/words/locale.ts';
import { type EmailName, type EmailPlaceholders, emailCatalog } from './email-catalog.ts';
import { fillTemplate, type Placeholders } from './fill-template.ts';
import { fontStacks } from './fonts.ts';
import { type Palette, palettePlaceholders } from './palette.ts';
import { squeezeHtml } from './squeeze-html.ts';

// The .mjml files lie beside this module in the source tree, and beside index.mjs in a function's bundle.
const pathOf = (file: string) => fileURLToPath(new URL(`./${file}`, import.meta.url));

// Blanks that are not collapsed. Without them, an inbox shows the first words of the body after a short preheader.
const preheaderTail = '\u00a0\u200c'.repeat(60);

const sources = new Map<string, string>();

/**
 * Compiles one of our emails to HTML; a long one takes about 15 ms. Placeholders are checked against the catalogue. MJML is loaded
 * at the first call, so that a function that rarely renders starts without it. Wrong MJML throws.
 */
export async function compileEmail<Name extends EmailName>(
  name: Name,
  placeholders: EmailPlaceholders<Name>,
  palette?: Palette,
): Promise<string> {
  const checked = emailCatalog[name].parse(placeholders);
  const { default: mjmlToHtml } = await import('mjml');
  const filled = { ...looks({ language: checked.language, palette }), preheaderTail, ...checked };
  const { html } = await mjmlToHtml(readSource(`${name}.mjml`), {
    // Placeholders are filled file by file, so that filled-in text is never read as a template.
    preprocessors: [(source: string) => fillTemplate(withoutPlaceholderLine(source), filled, escapeHtml)],
    filePath: pathOf(`${name}.mjml`),
    // Emails in subfolders also include files by paths from this folder.
    includePath: pathOf(''),
    ignoreIncludes: false,
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
  });
  if (html.includes('<!-- mj-include')) throw new Error(`${name}.mjml includes a file that is not there`);
  return squeezeHtml(html);
}

/** A piece of an email as MJML, for the templates' `body`; placeholders in it are filled like those of a whole email. */
export const component = (name: string, look: Look, placeholders: Placeholders): string =>
  fillTemplate(componentSource(name), { ...looks(look), ...placeholders }, escapeHtml);

const componentSources = new Map<string, string>();

function componentSource(name: string) {
  const source = componentSources.get(name) ?? withoutPlaceholderLine(readSource(`components/${name}.mjml`)).trim();
  componentSources.set(name, source);
  return source;
}

/** What a piece looks like: fonts by its language, colours by the brand; without a palette the one that ships. */
export type Look = { language: string; palette?: Palette | undefined };

const known = new WeakMap<Look, Placeholders>();

/** Made once for each look, and not for each of a thousand headings. */
function looks(look: Look): Placeholders {
  const placeholders = known.get(look) ?? placeholdersOf(look);
  known.set(look, placeholders);
  return placeholders;
}

function placeholdersOf({ language, palette }: Look): Placeholders {
  const { sans, serif, outlook, lineHeight } = fontStacks(language);
  return {
    ...palettePlaceholders(palette),
    sansFont: sans,
    serifFont: serif,
    outlookFont: outlook,
    lineHeight,
    language,
    direction: directionOf(language),
    ...sidesOf(language),
  };
}

function readSource(file: string) {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const source = readFileSync(pathOf(file), 'utf8');
  sources.set(file, source);
  return source;
}

const withoutPlaceholderLine = (source: string) => source.replace(/^<!-- placeholders:.*-->\n/, '');
