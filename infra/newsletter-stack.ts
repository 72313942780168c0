import { Annotations, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { Settings } from '../functions/platform/settings.ts';
import { Alarms } from './alarms.ts';
import type { Bundles } from './bundling/functions.ts';
import { Deliveries } from './deliveries.ts';
import { Digests } from './digests.ts';
import { Editors } from './editors.ts';
import { Feedback } from './feedback.ts';
import { Figures } from './figures.ts';
import { Images } from './images.ts';
import { Issues } from './issues.ts';
import { Keys } from './keys.ts';
import { Exports } from './lists/exports.ts';
import { Imports } from './lists/imports.ts';
import { Lists } from './lists/lists.ts';
import { Outputs } from './outputs.ts';
import { Public } from './public.ts';
import { Sender } from './sender.ts';
import { Site } from './site.ts';
import { Subscribers } from './subscribers.ts';
import { Table } from './table.ts';

/** One newsletter: what is kept, the two faces, then the parts in the order in which a mail passes through them. */
export class NewsletterStack extends Stack {
  constructor(scope: Construct, id: string, { settings, bundles }: { settings: Settings; bundles: Bundles }) {
    super(scope, id, { description: 'Periodical: a newsletter with sign-up, issues and a weekly digest', terminationProtection: true });
    const alarms = new Alarms(this, 'Alarms', settings);
    const table = new Table(this, 'Table');
    const keys = new Keys(this, 'Keys');
    const issues = new Issues(this, 'Issues');
    const lists = new Lists(this, 'Lists');
    const site = new Site(this, 'Site', { settings, images: issues.images, keys, alarms });
    const sender = new Sender(this, 'Sender', settings);
    const schedules = new ScheduleGroup(this, 'Schedules', { removalPolicy: RemovalPolicy.DESTROY });
    const common = { settings, bundles, table, keys, issues, lists, site, sender, schedules, alarms };

    const readers = new Public(this, 'Public', common);
    const editors = new Editors(this, 'Editors', common);
    const images = new Images(this, 'Images', common);
    const subscribers = new Subscribers(this, 'Subscribers', common);
    const digests = new Digests(this, 'Digests', common);
    const deliveries = new Deliveries(this, 'Deliveries', common);
    const feedback = new Feedback(this, 'Feedback', common);
    const imports = new Imports(this, 'Imports', common);
    const exports = new Exports(this, 'Exports', common);
    const figures = new Figures(this, 'Figures', common);

    issues.acceptUploadsFrom(site.origin);
    images.requests.acceptFrom(editors.api);
    exports.requests.acceptFrom(editors.api);
    imports.requests.acceptFrom(editors.api);
    figures.countings.acceptFrom(editors.api);
    lists.acceptUploadsFrom(site.origin);
    lists.giveTo(editors.api, 'exports', 's3:GetObject');
    // Handing on the right to put a list, showing what a dry run found, and linking to a report.
    lists.giveTo(editors.api, 'imports', 's3:GetObject', 's3:PutObject');
    lists.showMissingTo(editors.api);
    subscribers.confirmations.acceptFrom(readers.api);
    // Who never confirmed on an imported list may be asked, once.
    subscribers.confirmations.acceptFrom(imports.requests.worker);
    // For test mails, which keep the account's pace as all mail does.
    sender.letSend(editors.api, settings.sender.address);
    sender.letReadQuota(editors.api);
    // A run that finds images on their way puts itself back.
    for (const worker of [editors.api, deliveries.watch, digests.runs.worker]) digests.runs.acceptFrom(worker);
    deliveries.fanOut.acceptFrom(digests.runs.worker);
    // An editor who resumes a digest wakes its orders at once.
    deliveries.orders.acceptFrom(editors.api);
    table.giveOpenOrdersTo(editors.api);
    feedback.events.showLengthTo(deliveries.watch);

    new Outputs(this, 'Outputs', { settings, site, editors, sender });
    if (!settings.publicHost)
      Annotations.of(this).addWarningV2(
        'periodical:noPublicHost',
        'settings.publicHost is missing: links carry the distribution’s own domain, and mails already sent keep it when a host of your own comes later.',
      );
  }
}
