import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadSettings } from '../../infra/settings.ts';
import { sectionsOf } from '../docs/markdown.ts';
import { stackWith, synthesized } from '../support/synthesized.ts';

const { template, resources, only, bundles } = await synthesized();

const alarms = resources('AWS::CloudWatch::Alarm').map(([, { Properties }]) => ({
  name: String(Properties.AlarmName).replace('Periodical-', ''),
  description: String(Properties.AlarmDescription),
}));
const runbook = readFileSync('docs/runbook.md', 'utf8');
const sections = sectionsOf('docs/runbook.md', 'Alarms');

test('every alarm is a heading of the runbook, and every heading there an alarm', () => {
  expect([...sections.keys()].sort()).toEqual(alarms.map(({ name }) => name).sort());
  expect(new Set(alarms.map(({ name }) => name)).size).toBe(alarms.length);
});

test('the mail of an alarm leads to its section', () => {
  for (const { name, description } of alarms) expect(description).toMatch(new RegExp(`docs/runbook\\.md#${name}$`));
});

test.each([...sections])('%s: what it hurts, what to look at, what to do', (_name, section) => {
  expect(section).toMatch(/^\*\*Hurts:\*\* \w/m);
  expect(section).toMatch(/^\*\*Look:\*\*[\s\S]*?```sh\n([\s\S]*\n)?aws /m);
  expect(section).toMatch(/^\*\*Do:\*\* \w/m);
});

test('its commands ask for names that the stack tells', () => {
  const outputs = Object.keys(template.findOutputs('*'));
  const asked = [...runbook.matchAll(/\$\(out (\w+)\)/g)].map(([, name = '']) => name);

  expect(asked.length).toBeGreaterThan(alarms.length);
  expect(asked.filter((name) => !outputs.includes(name))).toEqual([]);
});

test('every alarm mails when it goes off and when it is over', () => {
  for (const [id, { Properties }] of resources('AWS::CloudWatch::Alarm')) {
    expect(Properties.AlarmActions, id).toHaveLength(1);
    expect(Properties.OKActions, id).toEqual(Properties.AlarmActions);
  }
});

test('no word from the watch for ten minutes is an alarm, and no word about anything else is none', () => {
  const breaching = resources('AWS::CloudWatch::Alarm').filter(([, { Properties }]) => Properties.TreatMissingData === 'breaching');
  const [, watch] = breaching[0] ?? [];

  expect(breaching).toHaveLength(1);
  expect(watch?.Properties).toMatchObject({
    AlarmName: 'Periodical-watch-digests-stopped',
    MetricName: 'Invocations',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    Period: 300,
    EvaluationPeriods: 2,
  });
});

test('the rates of our own mail are watched beside those of the account', () => {
  const rates = resources('AWS::CloudWatch::Alarm').filter(([, { Properties }]) => String(Properties.MetricName).startsWith('Reputation.'));
  const [configurationSet] = resources('AWS::SES::ConfigurationSet').map(([id]) => id);
  const own = rates.filter(([, { Properties }]) => Properties.Dimensions);

  expect(rates).toHaveLength(4);
  for (const [, { Properties }] of own)
    expect(Properties.Dimensions).toEqual([{ Name: 'ses:configuration-set', Value: { Ref: configurationSet } }]);
  expect(own.map(([, { Properties }]) => Properties.MetricName).sort()).toEqual(['Reputation.BounceRate', 'Reputation.ComplaintRate']);
});

test('the dashboard shows every alarm, and no more metrics than AWS gives away', () => {
  const { 'Fn::Join': parts } = only('AWS::CloudWatch::Dashboard').DashboardBody as { 'Fn::Join': [string, unknown[]] };
  const text = parts[1].map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', ''))).join('');
  const body = JSON.parse(text) as { widgets: { properties: { alarms?: string[]; metrics?: unknown[] } }[] };
  const shown = body.widgets.flatMap(({ properties }) => properties.alarms ?? []);

  expect(shown).toHaveLength(alarms.length);
  for (const [id] of resources('AWS::CloudWatch::Alarm')) expect(text).toContain(id);
  expect(body.widgets.flatMap(({ properties }) => properties.metrics ?? []).length).toBeLessThanOrEqual(50);
});

test('a budget mails the contact about what the tag says is ours, and there is none without a sum', () => {
  const settings = { ...loadSettings(), monthlyBudget: 20 };
  const budget = stackWith(settings, bundles).only('AWS::Budgets::Budget');

  expect(resources('AWS::Budgets::Budget')).toEqual([]);
  expect(budget.Budget).toMatchObject({
    BudgetLimit: { Amount: 20, Unit: 'USD' },
    CostFilters: { TagKeyValue: ['user:newsletter$Periodical'] },
  });
  expect(JSON.stringify(budget.NotificationsWithSubscribers)).toContain(settings.contact);
});
