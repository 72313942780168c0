import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { DeploymentSettings } from '../functions/settings/deployment-settings.ts';
import { EditorialSettings } from '../functions/settings/editorial-settings.ts';

export const settingsPageFile = new URL('../docs/settings.md', import.meta.url);

const intro = `# Settings

<!-- Made from the schemas in functions/settings/ by \`node infra/settings-page.ts\`. Do not edit by hand. -->

\`npm run -s periodical -- init\` asks for every setting that has no default. Settings are in \`cdk.json\`, under \`context.settings\`, or in a JSON file. The environment
variable \`PERIODICAL_SETTINGS\` or the option \`--settings\` names that file.
All settings are in one flat object. A setting that is wrong or unknown stops the deployment, and the message says which values are allowed.

Some settings are there because a law requires them. The text beside them says which law it is and what it requires. This is no legal advice.`;

const groups = [
  {
    title: 'Deployment',
    about: 'The stack is built from these settings. The person who deploys sets them, and a change needs a deployment.',
    schema: DeploymentSettings,
  },
  {
    title: 'Editorial',
    about:
      'An editorial team decides these settings. Code reads them when it runs. Today they are deployed with the stack, so a change of these needs a deployment too.',
    schema: EditorialSettings,
  },
];

/** The text of `docs/settings.md`: every setting with what it does, its default, an example, and the law behind it. */
export const settingsPage = () =>
  `${[intro, ...groups.flatMap(({ title, about, schema }) => [`## ${title}`, about, ...Object.entries(schema.shape).map(sectionOf)])].join('\n\n')}\n`;

function sectionOf([name, schema]: [string, z.core.$ZodType]): string {
  const { description = '', example, law } = metaOf(schema);
  const facts = [usual(schema), `Example: \`"${name}": ${JSON.stringify(example)}\``, law && `Law: ${law}`].filter(Boolean);
  return [`### \`${name}\``, description, ...partsOf(schema), facts.map((fact) => `- ${fact}`).join('\n')].join('\n\n');
}

/** A setting of several parts has a table of them; one of several shapes has a table for each, under what tells the shape. */
function partsOf(schema: z.core.$ZodType): string[] {
  const inner = unwrapped(schema);
  const whole = inner instanceof z.ZodArray ? inner.element : inner;
  if (whole instanceof z.ZodDiscriminatedUnion) return whole.options.flatMap((option) => shapeOf(option, whole.def.discriminator));
  return whole instanceof z.ZodObject ? [tableOf(whole.shape)] : [];
}

function shapeOf(option: z.core.$ZodType, discriminator: string): string[] {
  if (!(option instanceof z.ZodObject)) return [];
  const { [discriminator]: kind, ...parts } = option.shape as Record<string, z.core.$ZodType>;
  const value = kind instanceof z.ZodLiteral ? JSON.stringify(kind.value) : '';
  const about = kind && metaOf(kind).description;
  return [`With \`"${discriminator}": ${value}\`${about ? `: ${about}` : ''}`, tableOf(parts)];
}

function tableOf(parts: Record<string, z.core.$ZodType>): string {
  const rows = Object.entries(parts).map(([name, part]) => `| \`${name}\` | ${metaOf(part).description ?? ''} | ${partDefault(part)} |`);
  return ['| part | what it does | default |', '| --- | --- | --- |', ...rows].join('\n');
}

function usual(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodPrefault) return 'Default: the default of each part';
  if (schema instanceof z.ZodDefault) return `Default: \`${JSON.stringify(schema.def.defaultValue)}\``;
  return schema instanceof z.ZodOptional ? 'Default: not set' : 'Required';
}

const partDefault = (part: z.core.$ZodType) => {
  if (part instanceof z.ZodDefault) return `\`${JSON.stringify(part.def.defaultValue)}\``;
  return part instanceof z.ZodOptional ? 'not set' : 'required';
};

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapper = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return wrapper ? unwrapped(schema.def.innerType) : schema;
}

const metaOf = (schema: z.core.$ZodType) =>
  (z.globalRegistry.get(schema) ?? {}) as { description?: string; example?: unknown; law?: string };

if (import.meta.main) writeFileSync(settingsPageFile, settingsPage());
