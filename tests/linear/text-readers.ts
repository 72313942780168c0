import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';
import { patternsIn } from './patterns-in.ts';

type Parameter = {
  type: string;
  name?: string;
  start: number;
  end: number;
  optional?: boolean;
  typeAnnotation?: { start: number; end: number };
};
type Written = { type: string; params: Parameter[] };
type Declaration = Written & { id?: { name: string }; declarations?: { id: { name: string }; init?: Written }[] };

/** `takes`: what its first parameter is. `alone`: it needs no other. `words`: signs and words that its module knows, and may look for. */
export type TextReader = {
  file: string;
  name: string;
  takes: 'text' | 'bytes' | 'texts';
  alone: boolean;
  words: readonly string[];
  read: (input: unknown) => unknown;
};

const kinds = [
  [/^(?:string(?: \| undefined)?|unknown)$/, 'text'],
  [/^(?:Uint8Array|Buffer)$/, 'bytes'],
  [/^(?:readonly )?string\[\]$/, 'texts'],
] as const;

/** What we have written ourselves is called so where it comes first: names, keys, days and languages. */
const own = new Set(
  `id ids digest slug bucket uploads pk until from frozenAt monday date moment timeZone language region locale origin identityKey
  letter label token chosen shard template compiled key method`.split(/\s+/),
);

/** Every exported function of the server and the mails that takes a text from outside, by its first parameter. */
export async function textReaders(): Promise<TextReader[]> {
  const files = globSync(['functions/**/*.ts', 'emails/**/*.ts'], {
    exclude: ['functions/desk/**', '**/*.handler.ts', '**/*-services.ts'],
  });
  const found = files.sort().flatMap((file) => readersIn(file));
  const modules = new Map<string, Record<string, unknown>>();
  for (const { file } of found) modules.set(file, modules.get(file) ?? (await import(join(process.cwd(), file))));
  return found.map((reader) => ({ ...reader, read: modules.get(reader.file)?.[reader.name] as TextReader['read'] }));
}

function readersIn(file: string): Omit<TextReader, 'read'>[] {
  const text = readFileSync(file, 'utf8');
  const exported = parseAst(text, { lang: 'ts' }).body.flatMap((each) => {
    const declaration = each.type === 'ExportNamedDeclaration' ? (each.declaration as unknown as Declaration | null) : null;
    return declaration ? functionsIn(declaration) : [];
  });
  return exported.flatMap(({ name, params: [first, ...others] }) => {
    const type = first?.typeAnnotation && text.slice(first.typeAnnotation.start + 1, first.typeAnnotation.end).trim();
    const takes = kinds.find(([pattern]) => type !== undefined && pattern.test(type))?.[1];
    if (!takes || own.has(first?.name ?? '')) return [];
    const alone = others.every(({ type, optional }) => type === 'AssignmentPattern' || optional === true);
    return [{ file, name, takes, alone, words: wordsIn(text) }];
  });
}

const functionsIn = ({ type, id, declarations = [], params }: Declaration) =>
  type === 'FunctionDeclaration'
    ? [{ name: id?.name ?? '', params }]
    : declarations.flatMap(({ id, init }) => (init && 'params' in init ? [{ name: id.name, params: init.params }] : []));

/** The short texts of a module, and what its patterns look for. */
function wordsIn(text: string): string[] {
  const quoted = Array.from(text.matchAll(/'([^'\\\n]{1,8})'/g), ([, word = '']) => word);
  const sought = patternsIn(text).written.flatMap(
    ({ source }) => source.replace(/\\[a-z]/gi, ' ').match(/[^\s\\()[\]{}?*+|^$]{1,8}/g) ?? [],
  );
  const all = [...new Set([...quoted, ...sought])];
  const step = Math.ceil(all.length / 24);
  return all.filter((_, n) => n % step === 0);
}
