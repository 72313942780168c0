import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { escapeHtml } from '../functions/platform/html.ts';
import { type EmailName, type EmailSlots, emailCatalog } from './email-catalog.ts';
import { fillTemplate, type Slots } from './fill-template.ts';
import { fontStacks } from './fonts.ts';
import { type Palette, paletteSlots } from './palette.ts';
import { squeezeHtml } from './squeeze-html.ts';

// The .mjml files lie beside this module in the source tree, and beside index.mjs in a function's bundle.
const pathOf = (file: string) => fileURLToPath(new URL(`./${file}`, import.meta.url));

// Blanks that are not collapsed: else a list of mails fills up a short preheader with the first words of the body.
const preheaderTail = '\u00a0\u200c'.repeat(60);

const sources = new Map<string, string>();

/**
 * One of our emails as HTML, about 15 ms for a long one. Slots are checked against the catalogue; MJML is loaded at the
 * first call, so that a function which rarely renders starts without it. Wrong MJML throws.
 */
export async function compileEmail<Name extends EmailName>(name: Name, slots: EmailSlots<Name>, palette?: Palette): Promise<string> {
  const checked = emailCatalog[name].parse(slots);
  const { default: mjmlToHtml } = await import('mjml');
  const filled = { ...looks({ language: checked.language, palette }), preheaderTail, ...checked };
  const { html } = await mjmlToHtml(readSource(`${name}.mjml`), {
    // Slots are filled file by file, so that what is filled in is not taken for a template again.
    preprocessors: [(source: string) => fillTemplate(withoutSlotLine(source), filled, escapeHtml)],
    filePath: pathOf(`${name}.mjml`),
    // Emails in folders of their own include from beside their folder, too.
    includePath: pathOf(''),
    ignoreIncludes: false,
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
  });
  if (html.includes('<!-- mj-include')) throw new Error(`${name}.mjml includes a file that is not there`);
  return squeezeHtml(html);
}

/** A piece of an email as MJML, for the templates' `body`; slots in it are filled like those of a whole email. */
export const component = (name: string, look: Look, slots: Slots): string =>
  fillTemplate(withoutSlotLine(readSource(`components/${name}.mjml`)).trim(), { ...looks(look), ...slots }, escapeHtml);

/** What a piece looks like: fonts by its language, colours by the brand; without a palette the one that ships. */
export type Look = { language: string; palette?: Palette | undefined };

function looks({ language, palette }: Look): Slots {
  const { sans, serif, outlook, lineHeight } = fontStacks(language);
  const direction = /^(ar|fa|he|ur)\b/.test(language) ? 'rtl' : 'ltr';
  return { ...paletteSlots(palette), sansFont: sans, serifFont: serif, outlookFont: outlook, lineHeight, language, direction };
}

function readSource(file: string) {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const source = readFileSync(pathOf(file), 'utf8');
  sources.set(file, source);
  return source;
}

const withoutSlotLine = (source: string) => source.replace(/^<!-- slots:.*-->\n/, '');
