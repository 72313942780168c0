import { cp, mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const packages = resolve(import.meta.dirname, '../../node_modules');

/** libvips starts threads from its own file and reads its WebAssembly beside it, so it is not bundled but laid beside. */
const modules: Readonly<Record<string, string>> = {
  'wasm-vips': 'wasm-vips/lib/vips-node.mjs',
  'libheif-js/libheif-wasm/libheif-bundle.mjs': 'libheif-js/libheif-wasm/libheif-bundle.mjs',
};
const beside = ['wasm-vips/lib/vips.wasm', 'wasm-vips/lib/vips-heif.wasm'];
const notices: [file: string, name: string][] = [
  ['wasm-vips/LICENSE', 'wasm-vips-license.txt'],
  ['wasm-vips/THIRD-PARTY-NOTICES.md', 'wasm-vips-notices.md'],
  ['libheif-js/libheif-wasm/LICENSE', 'libheif-license.txt'],
];

/** Packages of which no line is bundled, and a whole file is deployed. */
export const codecPackages = ['wasm-vips', 'libheif-js'] as const;

/** Makes the bundles import the codecs from the folder beside them. */
export const codecModules: Plugin = {
  name: 'codec-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^(wasm-vips|libheif-js\/.*)$/ }, ({ path }) => ({
      path: `./codecs/${basename(modules[path] ?? '')}`,
      external: true,
    }));
  },
};

/** Copies the codecs beside a function, with the words their licences ask for. */
export async function layCodecs(asset: string) {
  const folder = join(asset, 'codecs');
  await mkdir(folder, { recursive: true });
  const files = [...Object.values(modules), ...beside].map((file): [string, string] => [file, basename(file)]);
  await Promise.all([...files, ...notices].map(([file, name]) => cp(join(packages, file), join(folder, name), { dereference: true })));
}
