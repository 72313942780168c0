import { join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** What `mjml` imports and we never use: minifying, prettifying, and inlining of CSS from files. */
const unusedByMjml = /^(htmlnano|cssnano-preset-lite|js-beautify|juice)$/;

/** Leaves out of the bundles what would cost cold start and serve nobody. */
export const slimBundle: Plugin = {
  name: 'slim-bundle',
  setup({ onResolve, onLoad, resolve: resolveImport }) {
    onResolve({ filter: unusedByMjml }, ({ path }) => ({ path, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'module.exports = {};' }));

    onResolve({ filter: /^cheerio$/ }, ({ resolveDir, kind }) => resolveImport('cheerio/slim', { resolveDir, kind }));

    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: join(root, 'infra/bundling/lambda-credentials.ts') }));

    // As an ES module `http` has all its getters read at once, WebSocket's among them: 30 ms of every cold start.
    onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'http', namespace: 'builtin' }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
    }));
  },
};
