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

const lean = names.filter((name) => !renderingFunctions.includes(name) && !codecFunctions.includes(name));

test.each(lean)('%s stays below 660 KB and without MJML', (name) => {
  const { bytes, inputs } = output(name);

  expect(bytes).toBeLessThan(660_000);
  expect(Object.keys(inputs).filter((path) => path.includes('node_modules/mjml'))).toEqual([]);
});

test.each(names)('%s finds its settings beside it, and the MJML sources if it renders', (name) => {
  const folder = app.bundles[name];

  expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ timeZone: 'Asia/Shanghai', maxConcurrency: 2 });
  expect(existsSync(join(folder, 'layouts'))).toBe(renderingFunctions.includes(name));
});

test('the description of the API lies beside its function, and no code of it is in a bundle', () => {
  const page = join(app.bundles.api, 'page');

  expect(JSON.parse(readFileSync(join(page, 'openapi.json'), 'utf8'))).toMatchObject({ openapi: '3.1.0' });
  expect(existsSync(join(page, 'reference.html'))).toBe(true);
  expect(names.filter((name) => Object.keys(output(name).inputs).some((path) => path.includes('functions/api/contract/')))).toEqual([]);
});

/** What a function looks at when it starts. */
const ofShape: Record<string, string> = { USER_POOL_ID: 'eu-central-1_AbCdEf' };

test.each(names)('%s loads with the environment the template gives it', async (name) => {
  const environment = environmentOf(functionNamed(app, name)[1].Properties);
  for (const [variable, value] of Object.entries(environment))
    process.env[variable] = typeof value === 'string' ? value : (ofShape[variable] ?? 'given-at-deployment');
  process.env.AWS_REGION = 'eu-central-1';

  const loaded = await import(/* @vite-ignore */ pathToFileURL(join(app.bundles[name], 'index.mjs')).href);

  expect(loaded.handler).toBeTypeOf('function');
  for (const variable of Object.keys(environment)) delete process.env[variable];
});

test('the function for all work carries MJML and the parsers of lists, and stays below 3.5 MB beside its codecs', () => {
  const { bytes, inputs } = output('work');

  expect(bytes).toBeLessThan(3_500_000);
  expect(Object.keys(inputs).filter((path) => /node_modules\/(wasm-vips|libheif-js)/.test(path))).toEqual([]);
  for (const late of ['emails/compile-email.ts', 'functions/imports/work-on-import.ts', 'functions/exports/export-readers.ts'])
    expect(inputs[late], late).toBeDefined();
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

test('the desk lies beside the API, its scripts made for the browser', () => {
  const page = join(app.bundles.api, 'page');

  for (const file of ['index.html', 'start-desk.js', 'app.css']) expect(existsSync(join(page, file)), file).toBe(true);
});

test('bundling the same sources twice gives the same assets', async () => {
  const again = await synthesized();

  const hashes = (from: typeof app) => names.map((name) => functionNamed(from, name)[1].Properties.Code);

  expect(hashes(again)).toEqual(hashes(app));
});
