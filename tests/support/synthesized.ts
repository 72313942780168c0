import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import type { Metafile } from 'esbuild';
import { afterAll } from 'vitest';
import type { Settings } from '../../functions/settings/settings.ts';
import { type Bundles, type FunctionName, functionEntries } from '../../infra/bundling/functions.ts';
import { synthesizeApp } from '../../infra/newsletter-app.ts';
import { NewsletterStack } from '../../infra/newsletter-stack.ts';
import { loadSettings } from '../../infra/settings.ts';
import { stackNameOf } from '../../infra/stack-name.ts';

export type Resource = { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string; UpdateReplacePolicy?: string };
export type Synthesized = {
  template: Template;
  /** Resources of one type by logical id. */
  resources: (type: string) => [string, Resource][];
  /** The properties of the one resource of a type (that is so). */
  only: (type: string, so?: (properties: Record<string, unknown>) => boolean) => Record<string, unknown>;
  bundles: Bundles;
  metafile: Metafile;
  /** Written reasons for findings of cdk-nag, by the path of the construct that has them. */
  reasons: Map<string, Record<string, string>>;
};

/** The app of this checkout's own settings, as `cdk deploy` would see it; once per test file, gone afterwards. */
export async function synthesized(): Promise<Synthesized> {
  const outdir = await mkdtemp(join(tmpdir(), 'periodical-synth-'));
  afterAll(() => rm(outdir, { recursive: true, force: true }));
  const settings = loadSettings();
  const assembly = await synthesizeApp({ settings, outdir });
  const stack = assembly.getStackByName(stackNameOf(settings));
  const reasons = new Map<string, Record<string, string>>();
  // A construct has an entry for each time that reasons were given.
  for (const { path, data } of stack.findMetadataByType('aws:cdk:acknowledged-rules'))
    reasons.set(path, { ...reasons.get(path), ...(data as unknown as Record<string, string>) });
  return {
    ...readable(Template.fromJSON(stack.template)),
    bundles: Object.fromEntries(Object.keys(functionEntries).map((name) => [name, join(outdir, 'bundles', name)])) as Bundles,
    metafile: JSON.parse(await readFile(join(outdir, 'metafile.json'), 'utf8')),
    reasons,
  };
}

/** As `synthesizeApp` has it, but without the report on warnings, which is for a person at a terminal. */
const context = { ...CURRENTLY_RECOMMENDED_FLAGS, '@aws-cdk/core:annotationsInValidationReport': false };

/** The same stack under other settings, with bundles that exist already. */
export function stackWith(
  settings: Settings,
  bundles: Bundles,
): { stack: NewsletterStack } & Pick<Synthesized, 'template' | 'resources' | 'only'> {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false, context });
  const stack = new NewsletterStack(app, stackNameOf(settings), { settings, bundles });
  return { stack, ...readable(Template.fromStack(stack)) };
}

function readable(template: Template) {
  const resources = (type: string) => Object.entries(template.findResources(type)) as [string, Resource][];
  const only: Synthesized['only'] = (type, so = () => true) => {
    const [[, resource] = [], ...more] = resources(type).filter(([, { Properties }]) => so(Properties));
    if (!resource || more.length > 0) throw new Error(`The template has ${more.length ? 'more than one' : 'no'} ${type}`);
    return resource.Properties;
  };
  return { template, resources, only };
}

/** The function of this name, by the name its logs go by. */
export function functionNamed({ resources }: Pick<Synthesized, 'resources'>, name: FunctionName): [string, Resource] {
  const found = resources('AWS::Lambda::Function').find(([, { Properties }]) => environmentOf(Properties).POWERTOOLS_SERVICE_NAME === name);
  if (!found) throw new Error(`The template has no function ${name}`);
  return found;
}

export const environmentOf = (properties: Record<string, unknown>) =>
  (properties.Environment as { Variables: Record<string, unknown> } | undefined)?.Variables ?? {};
