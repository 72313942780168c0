import { synthesizeApp } from './newsletter-app.ts';
import { loadSettings, WrongSettings } from './settings.ts';

try {
  await synthesizeApp({ settings: loadSettings(settingsOfCommandLine()), outdir: process.env.CDK_OUTDIR ?? 'cdk.out' });
} catch (error) {
  if (!(error instanceof WrongSettings)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}

/** The CDK command hands over the context of cdk.json and of `-c` in one variable; run by hand there is none. */
function settingsOfCommandLine(): unknown {
  return JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}').settings;
}
