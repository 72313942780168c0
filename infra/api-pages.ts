import { mkdirSync, writeFileSync } from 'node:fs';
import { openApi } from '../functions/api/contract/open-api.ts';
import { type Html, html } from '../functions/platform/html.ts';

const folder = new URL('../docs/api/', import.meta.url);
export const openApiFile = new URL('openapi.json', folder);
export const referenceFile = new URL('reference.html', folder);

/* The parts of OpenAPI that ours uses. */
type Schema = Record<string, unknown>;
type Content = Record<string, { schema: Schema }>;
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema: Schema } | { $ref: string };
type Described = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content } | { $ref: string }>;
};
type Document = {
  info: { title: string; description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Described>>;
  components: { parameters: Record<string, Parameter>; schemas: Record<string, Schema> };
};

export const openApiText = () => `${JSON.stringify(openApi(), null, 1)}\n`;

/** The description for people: one page without scripts that loads nothing. */
export function referencePage(): string {
  const document = openApi() as unknown as Document;
  const operations = Object.entries(document.paths).flatMap(([path, ways]) =>
    Object.entries(ways).flatMap(([method, described]) =>
      method === 'parameters' ? [] : [{ method: method.toUpperCase(), path, ...described }],
    ),
  );
  const groups = document.tags.map(({ name }) => ({ name, inside: operations.filter(({ tags }) => tags.includes(name)) }));
  const schemas = Object.entries(document.components.schemas);
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${document.info.title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${document.info.title}</h1>
${inWords(document.info.description)}
<nav aria-label="Contents"><ul>${groups.map(
    ({ name, inside }) =>
      html`<li>${name}<ul>${inside.map(({ operationId, summary }) => html`<li><a href="#${operationId}">${summary}</a></li>`)}</ul></li>`,
  )}</ul></nav>
${groups.map(
  ({ name, inside }) => html`<h2>${name}</h2>
${inside.map((operation) => section(operation, document))}`,
)}
<h2>Schemas</h2>
${schemas.map(
  ([name, schema]) => html`<section id="schema-${name}"><h3>${name}</h3><pre>${JSON.stringify(schema, null, 1)}</pre></section>
`,
)}
</main>
</body>
</html>
`);
}

type Operation = Described & { method: string; path: string };

function section({ method, path, ...operation }: Operation, { components }: Document): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const known = parameters.map((parameter) => ('$ref' in parameter ? components.parameters[lastOf(parameter.$ref)] : parameter));
  const rows = known.flatMap((parameter) => (parameter && 'name' in parameter ? [parameter] : []));
  return html`<section id="${operationId}">
<h3>${summary}</h3>
<p><code>${method} ${path}</code></p>
${description.split('\n\n').map(inWords)}
${
  rows.length > 0 &&
  html`<table><thead><tr><th>Parameter</th><th>In</th><th>About</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><td><code>${row.name}</code>${row.required && ' (required)'}</td><td>${row.in}</td><td>${inWords(row.description ?? '')}<code>${JSON.stringify(row.schema)}</code></td></tr>`,
  )}</tbody></table>`
}
${requestBody && html`<p>Body${!requestBody.required && ' (optional)'}: ${contents(requestBody.content)}</p>`}
<ul>${Object.entries(responses).map(
    ([status, answer]) =>
      html`<li><strong>${status}</strong> ${
        '$ref' in answer
          ? html`a refusal: <a href="#schema-Problem">Problem</a>`
          : html`${answer.description} ${contents(answer.content ?? {})}`
      }</li>`,
  )}</ul>
</section>
`;
}

const contents = (content: Content) =>
  Object.entries(content).map(([type, { schema }], n) => {
    const name = typeof schema.$ref === 'string' ? lastOf(schema.$ref) : undefined;
    return html`${n > 0 && ', '}<code>${type}</code>${name && html` <a href="#schema-${name}">${name}</a>`}`;
  });

const lastOf = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1);

/** What is between backticks is code. */
const inWords = (text: string) =>
  text !== '' && html`<p>${text.split('`').map((part, n) => (n % 2 === 1 ? html`<code>${part}</code>` : part))}</p>`;

const style = `:root { font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 52rem; margin: 0 auto; padding: 1rem }
section { border-top: 1px solid #8886; margin-top: 1.5rem }
code, pre { font: .875rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere }
pre { overflow: auto; max-height: 24rem; background: #8882; padding: .75rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-bottom: 1px solid #8884 }
td p { margin: 0 }`;

if (import.meta.main) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(openApiFile, openApiText());
  writeFileSync(referenceFile, referencePage());
}
