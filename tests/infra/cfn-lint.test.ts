import { expect, test } from 'vitest';
import type { Settings } from '../../functions/settings/settings.ts';
import { loadSettings } from '../../infra/settings.ts';
import { cfnLint, withoutCfnLint } from '../support/outside-judges.ts';
import { stackWith, synthesized } from '../support/synthesized.ts';

const app = await synthesized();

/** On three continents; SES, Cognito, HTTP APIs and Scheduler are in each of them. */
const regions = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-northeast-1', 'ap-southeast-1'];

test.skipIf(withoutCfnLint)('cfn-lint finds nothing in five regions, with or without a region and a host in the settings', () => {
  const { publicHost: _host, certificateArn: _certificate, ...withoutHost } = loadSettings();
  const templateOf = (settings: Settings) => stackWith(settings, app.bundles).template.toJSON();

  const findings = cfnLint(
    {
      shipped: app.template.toJSON(),
      frankfurt: templateOf({ ...loadSettings(), region: 'eu-central-1' }),
      'without-host': templateOf(withoutHost),
    },
    regions,
  );

  expect(findings).toBe('');
});

test.skipIf(withoutCfnLint)('cfn-lint judges: it finds what is wrong', () => {
  const broken = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'soon' } } } };

  expect(cfnLint({ broken }, ['us-east-1'])).toContain('broken.json');
});
