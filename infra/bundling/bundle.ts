import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import type { Settings } from '../../functions/settings/settings.ts';
import { codecModules, layCodecs } from './codec-modules.ts';
import { type Bundles, codecFunctions, type FunctionName, functionEntries, renderingFunctions } from './functions.ts';
import { slimBundle } from './slim-bundle.ts';

const root = resolve(import.meta.dirname, '../..');

/** The thread in which pictures are opened, a module of its own beside the functions that open them. */
const pictureWorker = 'functions/issues/images/picture-worker.ts';

/** CommonJS packages inside the ESM bundle still call `require` for Node's own modules. */
const requireBanner =
  "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);";

/**
 * Bundles all functions in one esbuild call, one folder each below `folder`, and lays beside each `index.mjs` what it
 * reads at run time: `settings.json`, the MJML sources where email is rendered, the codecs of pictures, what browsers run.
 * The metafile has what went into all of it but the codecs, which are copied.
 */
export async function bundleFunctions(folder: string, settings: Settings): Promise<{ bundles: Bundles; metafile: Metafile }> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      ...Object.entries(functionEntries).map(([name, entry]) => ({ out: `${name}/index`, in: entry })),
      ...codecFunctions.map((name) => ({ out: `${name}/picture-worker`, in: pictureWorker })),
    ],
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
    plugins: [slimBundle, codecModules],
    metafile: true,
    logLevel: 'error',
  });
  const bundles = Object.fromEntries(Object.keys(functionEntries).map((name) => [name, join(folder, name)])) as Bundles;
  const pages = await Promise.all(Object.entries(bundles).map(([name, asset]) => layBeside(name as FunctionName, asset, settings)));
  return { bundles, metafile: merged([metafile, ...pages.filter((page) => page !== undefined)]) };
}

const merged = (metafiles: readonly Metafile[]): Metafile => ({
  inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
  outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
});

async function layBeside(name: FunctionName, asset: string, settings: Settings): Promise<Metafile | undefined> {
  await writeFile(join(asset, 'settings.json'), JSON.stringify(settings));
  if (renderingFunctions.includes(name)) await copyTree(join(root, 'emails'), asset, '.mjml');
  if (codecFunctions.includes(name)) await layCodecs(asset);
  if (name === 'api') await Promise.all(apiPages.map((file) => cp(join(root, 'docs/api', file), join(asset, 'page', file))));
  const page = pages[name];
  return page ? layPage(join(root, page), join(asset, 'page')) : undefined;
}

/** Files below `from` with this ending, at the same relative paths below `to`. */
async function copyTree(from: string, to: string, ending: string) {
  for (const file of await filesBelow(from)) {
    if (!file.endsWith(ending)) continue;
    await mkdir(dirname(join(to, file)), { recursive: true });
    await cp(join(from, file), join(to, file));
  }
}

/** The API's description, as `infra/api-pages.ts` writes it: read when somebody asks for it, and not part of the code. */
const apiPages = ['openapi.json', 'reference.html'];

/** What browsers run or show as it is, of the functions that serve it. */
const pages: Partial<Record<FunctionName, string>> = {
  api: 'functions/desk',
  'public-api': 'functions/public/guard/page',
};

/** A page's scripts are TypeScript for the browser; everything else is served as it is. */
async function layPage(from: string, to: string): Promise<Metafile> {
  const files = await filesBelow(from);
  await mkdir(to, { recursive: true });
  await Promise.all(files.filter((file) => !file.endsWith('.ts')).map((file) => cp(join(from, file), join(to, file))));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: files.filter((file) => file.endsWith('.ts') && !file.includes('/')).map((file) => join(from, file)),
    outdir: to,
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    minify: true,
    charset: 'utf8',
    metafile: true,
    logLevel: 'error',
  });
  return metafile;
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
