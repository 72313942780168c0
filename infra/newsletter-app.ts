import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { type CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Settings } from '../functions/settings/settings.ts';
import { bundleFunctions } from './bundling/bundle.ts';
import { NewsletterStack } from './newsletter-stack.ts';
import { stackNameOf } from './stack-name.ts';

export type SynthesisOptions = {
  settings: Settings;
  outdir: string;
  /** Whether CDK holds the template against the resources' schemas: two seconds that tests and the local run do not spend. */
  checkTemplate?: boolean;
};

/**
 * Bundles the functions and synthesises the app into `outdir`, the same way for `cdk deploy`, the tests and the local
 * run. Needs neither network nor an AWS account. Beside the assembly lie the bundles and esbuild's `metafile.json`.
 */
export async function synthesizeApp({ settings, outdir, checkTemplate = false }: SynthesisOptions): Promise<CloudAssembly> {
  const folder = resolve(outdir);
  const { bundles, metafile } = await bundleFunctions(join(folder, 'bundles'), settings);
  const app = new App({
    outdir: folder,
    analyticsReporting: false,
    builtinCloudFormationValidation: checkTemplate,
    // A new app takes every behaviour CDK recommends. Its version is pinned: an upgrade may bring new ones, `cdk diff` shows them.
    context: CURRENTLY_RECOMMENDED_FLAGS,
  });
  new NewsletterStack(app, stackNameOf(settings), { settings, bundles });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const assembly = app.synth();
  await writeFile(join(folder, 'metafile.json'), JSON.stringify(metafile));
  return assembly;
}
