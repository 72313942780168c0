import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NewsletterVisitor } from '../../infra/local/demo/newsletter-visitor.ts';
import { startLocalRun } from '../../infra/local/local-run.ts';

/*
 * npm run try-api -- [--examples 20] [--seed 1]
 *
 * schemathesis asks a local run everything that the description of the API allows, and much that it does not, with an owner's token.
 * It fails on an answer of 5xx and on an answer that is not described.
 */

const { values } = parseArgs({
  options: { examples: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const folder = resolve(import.meta.dirname, '../../.build');
mkdirSync(folder, { recursive: true });
const installed = resolve(folder, 'schemathesis/bin/st');
const schemathesis = process.env.SCHEMATHESIS ?? (existsSync(installed) ? installed : 'st');

const run = await startLocalRun({ sesRate: 100, show: () => undefined });
try {
  const visitor = new NewsletterVisitor(run.origin);
  // Something for the lists to show.
  await visitor.becomeReader('reader@example.com');
  await visitor.upload('---\ntitle: Issue 1\ndate: 2026-11-27\n---\n\nWords.\n', 'issue-1.md');
  const { token } = (await (await fetch(`${run.origin}/_local/editor-token`)).json()) as { token: string };
  const checks = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';
  const asking = spawn(
    schemathesis,
    [
      ...['run', `${run.origin}/api/v1/openapi.json`, '--header', `Authorization: Bearer ${token}`, '--checks', checks],
      ...['--max-examples', values.examples, '--seed', values.seed, '--continue-on-failure', '--request-timeout', '30'],
      ...['--phases', 'examples,coverage,fuzzing', '--suppress-health-check', 'all', '--warnings', 'off', '--no-color'],
    ],
    // It writes down beside it what it has found.
    { stdio: 'inherit', cwd: folder },
  );
  const [code] = (await once(asking, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
  // Refusals are described, too: who is refused everywhere finds no fault.
  const { keys } = (await (await visitor.asEditor('GET', '/api/v1/keys')).json()) as { keys: unknown[] };
  if (keys.length === 0) throw new Error('schemathesis was not let in: it has made no API key.');
  console.log(`schemathesis has made ${keys.length} API keys by the way.`);
} finally {
  await run.stop();
}
