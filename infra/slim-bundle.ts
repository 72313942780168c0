import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/** What `mjml` imports and we never use: minifying, prettifying, and inlining of CSS from files. */
const unusedByMjml = /^(htmlnano|cssnano-preset-lite|js-beautify|juice)$/;

/** Leaves out of the bundles what would cost cold start and serve nobody. */
export const slimBundle: Plugin = {
  name: 'slim-bundle',
  setup({ onResolve, onLoad, resolve: resolveImport }) {
    onResolve({ filter: unusedByMjml }, ({ path }) => ({ path, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'module.exports = {};' }));

    onResolve({ filter: /^cheerio$/ }, ({ resolveDir, kind }) => resolveImport('cheerio/slim', { resolveDir, kind }));

    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: join(root, 'infra/lambda-credentials.ts') }));

    // As an ES module `http` has all its getters read at once, WebSocket's among them: 30 ms of every cold start.
    onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'http', namespace: 'builtin' }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
    }));
  },
};

/** While parts are still being written: a module that does not exist yet says so when it is called, not when it is bundled. */
export const standIns: Plugin = {
  name: 'stand-ins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.ts$/ }, ({ path, resolveDir, kind }) => {
      const file = resolve(kind === 'entry-point' ? root : resolveDir, path);
      return existsSync(file) || !file.startsWith(root) ? undefined : { path: relative(root, file), namespace: 'stand-in' };
    });
    onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => {
      const handler = `async () => { throw new Error(${JSON.stringify(`not built yet: ${path}`)}); };`;
      return { contents: path.endsWith('.handler.ts') ? `export const handler = ${handler}` : `exports.handler = ${handler}` };
    });
  },
};
