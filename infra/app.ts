import { App } from 'aws-cdk-lib';
import { synthesizeApp } from './newsletter-app.ts';
import { loadSettings, WrongSettings } from './settings.ts';

try {
  await synthesizeApp({
    settings: loadSettings(settingsOfCommandLine()),
    outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
    checkTemplate: true,
  });
} catch (error) {
  if (!(error instanceof WrongSettings)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}

/** What the CDK command hands over from cdk.json and `-c`; run by hand there is nothing. */
function settingsOfCommandLine(): unknown {
  return new App({ autoSynth: false }).node.tryGetContext('settings');
}
