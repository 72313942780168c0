import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { loadSettings } from '../settings.ts';
import { bundleFunctions } from './bundle.ts';
import { codecPackages } from './codec-modules.ts';

const root = resolve(import.meta.dirname, '../..');

type Package = { name: string; license: string; copyright?: string | undefined };

/**
 * The text of `NOTICE`: the packages of which something is deployed, with their licences. It names no versions, so that an
 * update changes it only when what it says has changed.
 */
export function noticeOf(metafile: Metafile): string {
  const folders = new Set([
    ...Object.keys(metafile.inputs).flatMap(packageFolderOf),
    ...codecPackages.map((name) => `node_modules/${name}`),
  ]);
  const packages = new Map([...folders].map((folder) => packageIn(folder)).map((each) => [`${each.name} ${each.license}`, each]));
  const listed = [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    'Periodical',
    'Licensed under the Apache License, Version 2.0; see LICENSE.',
    '',
    'Parts of the packages below are in the code that is deployed: bundled into functions and pages, or copied beside them.',
    'Each is used under its own licence, whose text is in the package. `npm run notice` writes this file.',
    '',
    ...listed.map(({ name, license, copyright }) => `${name}: ${license}${copyright ? `. ${copyright}` : ''}`),
    '',
    'Copied unchanged, and replaceable: two WebAssembly files of wasm-vips and the one of libheif-js (LGPL) lie beside the',
    'functions that read pictures, each with its licence. A build of your own from their sources takes their place when it is put into',
    'node_modules under the same name (infra/bundling/codec-modules.ts). The files of wasm-vips hold these libraries:',
    '',
    ...librariesInVips().map(({ name, license }) => `${name}: ${license}`),
    '',
  ].join('\n');
}

/** `node_modules/a/node_modules/@b/c/lib/d.js` is of the package in `node_modules/a/node_modules/@b/c`. */
function packageFolderOf(input: string): string[] {
  const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
  return folder === undefined ? [] : [folder.slice(folder.indexOf('node_modules/'))];
}

function packageIn(folder: string): Package {
  const { name, license, licenses } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    license?: string;
    licenses?: { type: string }[];
  };
  const told = license ?? licenses?.map(({ type }) => type).join(' or ');
  if (!told) throw new Error(`${folder} does not say under which licence it is: look, and do without it if there is none.`);
  return { name, license: told, copyright: copyrightIn(join(root, folder)) };
}

/** The first line of a licence's text that names somebody; a package may have none. */
function copyrightIn(folder: string): string | undefined {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry) && existsSync(join(folder, entry)));
  if (!file) return undefined;
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const found = lines.find((line) => /^\W*copyright (\(c\)|©|\d{4})/i.test(line) && !/yyyy|free software foundation/i.test(line));
  return found?.replace(/^\W+/, '').trim();
}

/** The table in the package's own list of third parties. */
function librariesInVips(): { name: string; license: string }[] {
  const text = readFileSync(join(root, 'node_modules/wasm-vips/THIRD-PARTY-NOTICES.md'), 'utf8');
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([before, name = '', , after, ...more]) => before === '' && after === '' && more.length === 0 && /^\w[\w-]*$/.test(name))
    .map(([, name = '', license = '']) => ({ name, license: license.replaceAll(/\[([^[\]]+)\]\([^()]+\)/g, '$1') }))
    .filter(({ name }) => name !== 'Library');
}

async function writeNotice() {
  const folder = await mkdtemp(join(tmpdir(), 'periodical-notice-'));
  const { metafile } = await bundleFunctions(folder, loadSettings());
  await rm(folder, { recursive: true, force: true });
  const notice = noticeOf(metafile);
  const before = existsSync(join(root, 'NOTICE')) ? await readFile(join(root, 'NOTICE'), 'utf8') : '';
  await writeFile(join(root, 'NOTICE'), notice);
  process.stdout.write(notice === before ? 'NOTICE is as it was.\n' : 'NOTICE has changed: commit it.\n');
}

if (import.meta.main) await writeNotice();
