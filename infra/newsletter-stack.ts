import { Annotations, CfnRule, Fn, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { Settings } from '../functions/settings/settings.ts';
import type { Bundles } from './bundling/functions.ts';
import { madeUpSettings } from './made-up-settings.ts';
import { Outputs } from './outputs.ts';
import { Alarms } from './parts/alarms.ts';
import { Api } from './parts/api.ts';
import { Budget } from './parts/budget.ts';
import { Dashboard } from './parts/dashboard.ts';
import { Deliveries } from './parts/deliveries.ts';
import { Feedback } from './parts/feedback.ts';
import { Issues } from './parts/issues.ts';
import { Lists } from './parts/lists.ts';
import { NewsletterTable } from './parts/newsletter-table.ts';
import { Public } from './parts/public.ts';
import { SecretKeys } from './parts/secret-keys.ts';
import { Sender } from './parts/sender.ts';
import { SignIn } from './parts/sign-in.ts';
import { Site } from './parts/site.ts';
import { Subscribers } from './parts/subscribers.ts';
import { Work } from './parts/work.ts';

/** One newsletter: what is kept, the two faces, then the four queues with what works on them. */
export class NewsletterStack extends Stack {
  constructor(scope: Construct, id: string, { settings, bundles }: { settings: Settings; bundles: Bundles }) {
    // Stack and resources alike: CloudFormation hands the stack's tags on to most resources, but not to the table.
    const tags = { newsletter: settings.stackName, stage: settings.stage };
    super(scope, id, {
      description: 'Periodical: a newsletter with sign-up, issues and a weekly digest',
      terminationProtection: settings.terminationProtection,
      ...(settings.region && { env: { region: settings.region } }),
      tags,
    });
    // CDK would tag the dashboard too, which CloudFormation's schema of it does not allow.
    for (const [key, value] of Object.entries(tags))
      Tags.of(this).add(key, value, { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] });
    const alarms = new Alarms(this, 'Alarms', settings);
    const table = new NewsletterTable(this, 'Table', settings.existing.table);
    const keys = new SecretKeys(this, 'Keys', settings.existing);
    const issues = new Issues(this, 'Issues', settings.existing.images);
    const lists = new Lists(this, 'Lists');
    const site = new Site(this, 'Site', { settings, images: issues.images, keys, alarms });
    const signIn = new SignIn(this, 'SignIn', { site });
    const sender = new Sender(this, 'Sender', settings);
    const schedules = new ScheduleGroup(this, 'Schedules', { removalPolicy: RemovalPolicy.DESTROY });
    const common = { settings, bundles, table, keys, issues, lists, site, signIn, sender, schedules, alarms };

    const readers = new Public(this, 'Public', common);
    const api = new Api(this, 'Api', common);
    const subscribers = new Subscribers(this, 'Subscribers', common);
    const work = new Work(this, 'Work', common);
    const deliveries = new Deliveries(this, 'Deliveries', common);
    const feedback = new Feedback(this, 'Feedback', common);

    issues.acceptUploadsFrom(site.origin);
    lists.acceptUploadsFrom(site.origin);
    lists.giveTo(api.worker, 'exports', 's3:GetObject');
    // Handing on the right to put a list, showing what a dry run found, and linking to a report.
    lists.giveTo(api.worker, 'imports', 's3:GetObject', 's3:PutObject');
    lists.showMissingTo(api.worker);
    subscribers.confirmations.acceptFrom(readers.worker);
    // Who never confirmed on an imported list may be asked, once.
    subscribers.confirmations.acceptFrom(work.messages.worker);
    // Confirmations that SES could not take wait in the table until the watch wakes them.
    subscribers.confirmations.acceptFrom(deliveries.watch);
    // For test mails, which keep the account's pace as all mail does.
    sender.letSend(api.worker, settings.sender.address);
    sender.letReadQuota(api.worker);
    for (const sender of [api.worker, deliveries.watch]) work.messages.acceptFrom(sender);
    // Planned batches wait for a worker; an editor who resumes a digest wakes its batches at once.
    for (const sender of [work.messages.worker, api.worker]) deliveries.batches.acceptFrom(sender);
    table.giveOpenBatchesTo(api.worker);
    feedback.events.showLengthTo(deliveries.watch);

    alarms.watchReputation(sender.configurationSetName);
    const dashboard = new Dashboard(this, 'Dashboard', { alarms, api: site.httpApi, table });
    if (settings.monthlyBudget) new Budget(this, 'Budget', { ...settings, monthlyBudget: settings.monthlyBudget });

    new Outputs(this, 'Outputs', { settings, site, signIn, table, sender, dashboard, missedMinutes: deliveries.missedMinutes });
    this.#refuseMadeUp(settings);
    if (!settings.publicHost)
      Annotations.of(this).addWarningV2(
        'periodical:noPublicHost',
        'settings.publicHost is missing: links carry the distribution’s own domain, and mails already sent keep it when a host of your own comes later.',
      );
  }
  /**
   * CloudFormation checks rules before it makes anything, whatever command has sent the template. This one is never met: it has the
   * form of the rule in which CDK checks its bootstrap version, and asks for a version that is none.
   */
  #refuseMadeUp(settings: Settings) {
    const names = madeUpSettings(settings).map(({ setting }) => setting);
    if (names.length === 0) return;
    const assert = Fn.conditionContains(['settings that are not examples'], Fn.ref('BootstrapVersion'));
    const assertDescription = `These settings are examples, with which nothing can be deployed: ${names.join(', ')}`;
    new CfnRule(this, 'OwnSettings', { assertions: [{ assert, assertDescription }] });
  }
}
