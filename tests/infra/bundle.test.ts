import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { codecFunctions, type FunctionName, functionEntries, renderingFunctions } from '../../infra/bundling/functions.ts';
import { environmentOf, functionNamed, synthesized } from '../support/synthesized.ts';

const app = await synthesized();
const names = Object.keys(functionEntries) as FunctionName[];
const output = (name: FunctionName) => {
  const found = Object.entries(app.metafile.outputs).find(([path]) => path.endsWith(`bundles/${name}/index.mjs`));
  if (!found) throw new Error(`${name} was not bundled`);
  return found[1];
};

/** It knows encodings by the frequency of their characters, and nobody waits for it to start. */
const knowsEncodings: FunctionName = 'import-readers';
const lean = names.filter((name) => !renderingFunctions.includes(name) && !codecFunctions.includes(name) && name !== knowsEncodings);

test.each(lean)('%s stays below 600 KB and without MJML', (name) => {
  const { bytes, inputs } = output(name);

  expect(bytes).toBeLessThan(600_000);
  expect(Object.keys(inputs).filter((path) => path.includes('node_modules/mjml'))).toEqual([]);
});

test.each(names)('%s finds its settings beside it, and the MJML sources if it renders', (name) => {
  const folder = app.bundles[name];

  expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ timeZone: 'Asia/Shanghai', maxConcurrency: 2 });
  expect(existsSync(join(folder, 'layouts'))).toBe(renderingFunctions.includes(name));
});

test.each(names)('%s loads with the environment the template gives it', async (name) => {
  const environment = environmentOf(functionNamed(app, name)[1].Properties);
  for (const [variable, value] of Object.entries(environment))
    process.env[variable] = typeof value === 'string' ? value : 'given-at-deployment';
  process.env.AWS_REGION = 'eu-central-1';

  const loaded = await import(/* @vite-ignore */ pathToFileURL(join(app.bundles[name], 'index.mjs')).href);

  expect(loaded.handler).toBeTypeOf('function');
  for (const variable of Object.keys(environment)) delete process.env[variable];
});

test.each(['keep-images', knowsEncodings] as const)('%s stays below 700 KB beside what it carries, and without MJML', (name) => {
  const { bytes, inputs } = output(name);

  expect(bytes).toBeLessThan(700_000);
  expect(Object.keys(inputs).filter((path) => /node_modules\/(mjml|wasm-vips|libheif-js)/.test(path))).toEqual([]);
});

test.each(codecFunctions)('the codecs in the asset of %s open a picture, on whatever processor', async (name) => {
  const codecs = pathToFileURL(join(app.bundles[name], 'codecs/')).href;
  const { default: startVips } = await import(/* @vite-ignore */ `${codecs}vips-node.mjs`);
  const { default: startHeif } = await import(/* @vite-ignore */ `${codecs}libheif-bundle.mjs`);

  const vips = await startVips({ dynamicLibraries: ['vips-heif.wasm'] });
  const avif = vips.Image.black(8, 6).writeToBuffer('.avif');
  const heif = await startHeif();

  expect(vips.Image.newFromBuffer(avif)).toMatchObject({ width: 8, height: 6 });
  const heic = readFileSync(new URL('../fixtures/images/colours.heic', import.meta.url));
  expect(new heif.HeifDecoder().decode(heic)[0].get_width()).toBe(96);
  vips.shutdown();
});

test.each(names.filter((name) => !codecFunctions.includes(name)))('%s carries no codec', (name) => {
  expect(existsSync(join(app.bundles[name], 'codecs'))).toBe(false);
});

test('the editors’ page lies beside the editors’ API, its scripts made for the browser', () => {
  const page = join(app.bundles['editor-api'], 'page');

  for (const file of ['index.html', 'app.js', 'app.css']) expect(existsSync(join(page, file)), file).toBe(true);
});

test('bundling the same sources twice gives the same assets', async () => {
  const again = await synthesized();

  const hashes = (from: typeof app) => names.map((name) => functionNamed(from, name)[1].Properties.Code);

  expect(hashes(again)).toEqual(hashes(app));
});
