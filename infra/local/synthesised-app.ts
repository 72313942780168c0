import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { LimitsSetting } from '../../functions/settings/limits-setting.ts';
import type { SynthesisedApp, Template } from './template.ts';

const root = resolve(import.meta.dirname, '../..');

/** What a template is made of: a change in any of these makes another one. */
const sources = ['infra', 'functions', 'emails', 'cdk.json', 'package-lock.json'];

/** How long an assembly is kept. */
const keptMs = 24 * 3_600_000;

/**
 * Synthesises the newsletter as the local run needs it: without a host of its own, so that links carry the distribution's
 * domain, and with nothing of a real account, where everything is made here. `table`: one that was restored, and is adopted. An assembly made of the same sources before is used again; making one takes seconds.
 */
export async function synthesisedApp({
  folder = join(root, '.build', 'local'),
  table,
}: {
  folder?: string;
  table?: string;
} = {}): Promise<SynthesisedApp> {
  const { loadSettings } = await import('../settings.ts');
  // Nobody at a laptop wants to wait for the hold period, or be told that they are quick, unless they have set it so.
  const {
    publicHost: _host,
    certificateArn: _certificate,
    region: _region,
    existing: _existing,
    ...written
  } = loadSettings(undefined, { limits: LimitsSetting.parse({ minimumFillSeconds: 0 }), holdMinutes: 0, undoMinutes: 0, canary: 'never' });
  const settings = { ...written, existing: { identities: [], ...(table && { table }) } };
  const assembly = join(folder, fingerprint(JSON.stringify(settings)));
  if (!existsSync(join(assembly, 'manifest.json'))) {
    const making = `${assembly}.${process.pid}`;
    const { synthesizeApp } = await import('../newsletter-app.ts');
    await quietly(() => synthesizeApp({ settings, outdir: making }));
    // Two runs may make the same one at once; either will do.
    if (existsSync(assembly)) rmSync(making, { recursive: true });
    else renameSync(making, assembly);
    removeOlder(folder);
  }
  return readAssembly(assembly);
}

/** Synthesis warns of a missing host each time, which is just what is wanted here: its words are for when it fails. */
async function quietly<Value>(work: () => Promise<Value>): Promise<Value> {
  const write = process.stderr.write;
  const said: string[] = [];
  process.stderr.write = (chunk: string | Uint8Array) => said.push(String(chunk)) > 0;
  try {
    return await work();
  } catch (error) {
    write.call(process.stderr, said.join(''));
    throw error;
  } finally {
    process.stderr.write = write;
  }
}

/** The template and assets of a cloud assembly with one stack. */
function readAssembly(folder: string): SynthesisedApp {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const [templateFile] = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  if (!templateFile) throw new Error(`There is no template in ${folder}.`);
  const { files } = json(templateFile.replace('.template.json', '.assets.json')) as { files: Record<string, { source: { path: string } }> };
  return {
    template: json(templateFile) as Template,
    assetFolder: (s3Key) => {
      const path = files[s3Key.replace(/\.zip$/, '')]?.source.path;
      if (!path) throw new Error(`The assembly has no asset ${s3Key}.`);
      return resolve(folder, path);
    },
  };
}

function fingerprint(settings: string): string {
  const hash = createHash('sha256').update(settings);
  for (const source of sources)
    for (const file of filesBelow(join(root, source))) hash.update(relative(root, file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (path === join(root, 'infra', 'local')) return [];
  try {
    return readdirSync(path)
      .sort()
      .flatMap((name) => filesBelow(join(path, name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path];
    throw error;
  }
}

/** A run that is still up may start functions from an assembly of a while ago. */
function removeOlder(folder: string) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > keptMs) rmSync(path, { recursive: true, force: true });
  }
}
