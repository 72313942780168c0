import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** What `mjml` imports and we never use: minifying, prettifying, and inlining of CSS from files. */
const unusedByMjml = /^(htmlnano|cssnano-preset-lite|js-beautify|juice)$/;

/**
 * zod's conversion to JSON Schema, a method of every schema, which is also asked what a schema allows (`minLength`). No function
 * does either, and it costs each of them 19 KB.
 */
const jsonSchemaOfZod = /zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/;

/** A module with the same exports, each of which says that it was left out when it is called. */
function leftOut(path: string) {
  const source = readFileSync(path, 'utf8');
  const names = [...source.matchAll(/^export (?:const|function|\{ \w+ as) (\w+)/gm)].map(([, name = '']) => name);
  const exported = names.map((name) => `${name.startsWith('create') ? 'later' : 'leftOut'} as ${name}`);
  return `const leftOut = () => { throw new Error('zod\\'s JSON Schema is left out of the bundles by infra/bundling/slim-bundle.ts.'); };
const later = () => leftOut;
export { ${exported.join(', ')} };`;
}

/** What settings do is described for `docs/settings.md`, and no function reads it: 8 KB of each. */
const settingsSchemas = /functions[\\/]settings[\\/][\w-]+\.ts$/;

/** A module without its calls of `.meta(…)`; brackets inside of texts do not count. */
function withoutMeta(source: string): string {
  const begin = source.indexOf('.meta(');
  if (begin < 0) return source;
  const pieces = /'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|`(?:[^`\\]|\\.)*`?|[()]/gs;
  pieces.lastIndex = begin;
  let depth = 0;
  for (let piece = pieces.exec(source); piece; piece = pieces.exec(source)) {
    depth += piece[0] === '(' ? 1 : piece[0] === ')' ? -1 : 0;
    if (depth === 0) return source.slice(0, begin) + withoutMeta(source.slice(pieces.lastIndex));
  }
  throw new Error('A call of .meta(…) in functions/settings does not end.');
}

/** Leaves out of the bundles what would cost cold start and serve nobody. */
export const slimBundle: Plugin = {
  name: 'slim-bundle',
  setup({ onResolve, onLoad, resolve: resolveImport }) {
    onResolve({ filter: unusedByMjml }, ({ path }) => ({ path, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'module.exports = {};' }));
    onLoad({ filter: jsonSchemaOfZod }, ({ path }) => ({ contents: leftOut(path) }));

    onLoad({ filter: settingsSchemas }, ({ path }) => ({ contents: withoutMeta(readFileSync(path, 'utf8')), loader: 'ts' }));

    // The SDK loads it when an answer is a stream of events. None of the calls here has one; S3's client imports it by itself.
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: 'stub' } : undefined,
    );

    onResolve({ filter: /^cheerio$/ }, ({ resolveDir, kind }) => resolveImport('cheerio/slim', { resolveDir, kind }));

    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: join(root, 'infra/bundling/lambda-credentials.ts') }));

    // As an ES module `http` has all its getters read at once, WebSocket's among them: 30 ms of every cold start.
    onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'http', namespace: 'builtin' }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
    }));
  },
};
