import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DeployedTemplate, statefulLosses } from './stateful-losses.ts';

const usage = `node infra/cli/check-replacements.ts TEMPLATE [--assembly cdk.out]

Has \`cdk diff\` compare TEMPLATE, what is deployed, with the synthesised app. Ends with 1 if a resource that holds what nobody
can make again would be replaced, deleted, given up or generated again; with 0 if not. Needs no AWS account.
`;

const {
  values: { assembly },
  positionals: [template],
} = parseArgs({ allowPositionals: true, options: { assembly: { type: 'string', default: 'cdk.out' } } });

if (template) process.exitCode = check(template);
else {
  process.stderr.write(usage);
  process.exitCode = 2;
}

function check(deployed: string): number {
  // cdk would take a file that is no template for an empty one, from which nothing can be lost.
  const template: DeployedTemplate = JSON.parse(readFileSync(deployed, 'utf8'));
  const cdk = resolve(import.meta.dirname, '../../node_modules/aws-cdk/bin/cdk');
  const args = [cdk, 'diff', '--app', assembly, '--template', deployed, '--method', 'template'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  if (status !== 0) {
    process.stderr.write(stdout + stderr);
    return 2;
  }
  const losses = statefulLosses(stdout + stderr, template);
  for (const { type, logicalId, what } of losses) process.stdout.write(`${logicalId} (${type}) ${what}.\n`);
  if (losses.length === 0) process.stdout.write('Nothing that holds data would be lost.\n');
  return losses.length === 0 ? 0 : 1;
}
