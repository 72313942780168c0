import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { Settings } from '../functions/platform/settings.ts';
import { type Bundles, type FunctionName, functionEntries, renderingFunctions } from './functions.ts';

const root = resolve(import.meta.dirname, '..');

/** CommonJS packages inside the ESM bundle still call `require` for Node's own modules. */
const requireBanner =
  "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);";

/** What `mjml` imports but we never use: minifying and prettifying, and inlining of CSS from files. */
const unusedByMjml = /^(htmlnano|cssnano-preset-lite|js-beautify|juice)$/;

/**
 * Bundles all functions in one esbuild call, one folder each below `folder`, and lays beside each `index.mjs` what it
 * reads at run time: `settings.json`, the MJML sources where email is rendered, the editors' page.
 */
export async function bundleFunctions(folder: string, settings: Settings): Promise<{ bundles: Bundles; metafile: Metafile }> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(functionEntries).map(([name, entry]) => ({ out: `${name}/index`, in: entryOrStandIn(entry) })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    // Names survive, so that a stack trace in the logs still reads; whole source maps would cost cold start.
    keepNames: true,
    legalComments: 'none',
    charset: 'utf8',
    banner: { js: requireBanner },
    plugins: [slimmer],
    metafile: true,
    logLevel: 'error',
  });
  const bundles = Object.fromEntries(Object.keys(functionEntries).map((name) => [name, join(folder, name)])) as Bundles;
  await Promise.all(Object.entries(bundles).map(([name, asset]) => layBeside(name as FunctionName, asset, settings)));
  return { bundles, metafile };
}

async function layBeside(name: FunctionName, asset: string, settings: Settings) {
  await writeFile(join(asset, 'settings.json'), JSON.stringify(settings));
  if (renderingFunctions.includes(name)) await copyTree(join(root, 'emails'), asset, '.mjml');
  if (name === 'editor-api') await layEditorsPage(join(root, 'functions/editors/page'), join(asset, 'page'));
}

/** Files below `from` with this ending, at the same relative paths below `to`. */
async function copyTree(from: string, to: string, ending: string) {
  for (const file of await filesBelow(from)) {
    if (!file.endsWith(ending)) continue;
    await mkdir(dirname(join(to, file)), { recursive: true });
    await cp(join(from, file), join(to, file));
  }
}

/** The page's scripts are TypeScript for the browser; everything else is served as it is. */
async function layEditorsPage(from: string, to: string) {
  const files = await filesBelow(from);
  await mkdir(to, { recursive: true });
  await Promise.all(files.filter((file) => !file.endsWith('.ts')).map((file) => cp(join(from, file), join(to, file))));
  await build({
    absWorkingDir: root,
    entryPoints: files.filter((file) => file.endsWith('.ts') && !file.includes('/')).map((file) => join(from, file)),
    outdir: to,
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    minify: true,
    charset: 'utf8',
    logLevel: 'error',
  });
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function entryOrStandIn(entry: string) {
  return existsSync(join(root, entry)) ? entry : `not-built-yet:${entry}`;
}

const slimmer: Plugin = {
  name: 'slimmer',
  setup({ onResolve, onLoad, resolve: resolveImport }) {
    onResolve({ filter: unusedByMjml }, ({ path }) => ({ path, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'module.exports = {};' }));

    onResolve({ filter: /^cheerio$/ }, ({ resolveDir, kind }) => resolveImport('cheerio/slim', { resolveDir, kind }));

    // As an ES module `http` has all its getters read at once, WebSocket's among them: 30 ms of every cold start.
    onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'http', namespace: 'builtin' }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
    }));

    onResolve({ filter: /^not-built-yet:/ }, ({ path }) => ({ path, namespace: 'stand-in' }));
    onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({
      contents: `export const handler = async () => { throw new Error(${JSON.stringify(`not built yet: ${path.replace('not-built-yet:', '')}`)}); };`,
    }));
  },
};
