import { randomBytes } from 'node:crypto';
import { catchUpSlot } from '../digests/catch-up-slot.ts';
import type { PlanMessage, RunDigestMessage } from '../digests/digest-messages.ts';
import { DigestStore } from '../digests/digest-store.ts';
import { IncidentStore } from '../digests/incident-store.ts';
import { publishDigest } from '../digests/publish-digest.ts';
import type { DueIssueServices } from '../digests/send-due-issues.ts';
import { WishStore } from '../digests/wishes/wish-store.ts';
import { IssueStore } from '../issues/issue-store.ts';
import { MailboxHosts } from '../mail/mailbox-hosts.ts';
import { sendingClient, sesMailer } from '../mail/ses-mailer.ts';
import { sesSending } from '../mail/ses-sending.ts';
import { tellOutage } from '../notices/outage-notice.ts';
import { tellMissed } from '../notices/schedule-notices.ts';
import { type NoticeServices, tellEditors } from '../notices/tell-editors.ts';
import type { Announce } from '../platform/announcement.ts';
import { sleep } from '../platform/clock.ts';
import { resource } from '../platform/environment.ts';
import { awsMeter } from '../platform/metering/aws-meter.ts';
import { SqsQueue } from '../platform/queue.ts';
import { secret } from '../platform/secret.ts';
import { table } from '../platform/table.ts';
import { currentSettings, dailyLimit } from '../settings/current-settings.ts';
import type { Settings } from '../settings/settings.ts';
import { ConsentLog } from '../subscribers/consent-log.ts';
import { ParkedMails } from '../subscribers/requested-mails/parked-mails.ts';
import type { RequestedMail } from '../subscribers/requested-mails/requested-mail.ts';
import { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { DeadMailboxes } from '../subscribers/tombstones/dead-mailboxes.ts';
import { Tombstones } from '../subscribers/tombstones/tombstones.ts';
import { WaitingLine } from '../subscribers/waiting-line/waiting-line.ts';
import { Announcements } from '../webhooks/announcements.ts';
import { RejectionBrake } from './brake/rejection-brake.ts';
import { SlowStartStore } from './brake/slow-start-store.ts';
import type { DeliveryServices } from './deliver.ts';
import type { DeliverBatchesServices } from './deliver-batches.ts';
import { EventChannel } from './event-channel/event-channel.ts';
import { probeMessage } from './event-channel/probe-message.ts';
import { finishIfComplete } from './finish-digest.ts';
import type { IncidentMessage } from './incidents/incident-message.ts';
import type { SettlingIncident } from './incidents/settle-incident.ts';
import type { TrialServices } from './incidents/try-incidents.ts';
import { Ledger } from './ledger.ts';
import { probeSes } from './outage/probe-ses.ts';
import type { PlanningServices } from './plan-digest.ts';
import type { BatchMessage } from './reader-batch.ts';
import { currentReport } from './report/current-report.ts';
import { reportWithCost } from './report/report-with-cost.ts';
import type { VerifyMessage } from './segments/verify-message.ts';
import type { VerifyServices } from './segments/verify-sums.ts';
import type { WakingServices } from './wake-batches.ts';
import type { WatchServices } from './watch-digests.ts';
import { FairShare } from './worker/fair-share.ts';
import { messageMaker } from './worker/message-maker.ts';
import { PermitsInHand } from './worker/permits-in-hand.ts';
import { Turns } from './worker/turns.ts';
import { WorkerDigests } from './worker/worker-digests.ts';

const now = () => new Date();
const announce: Announce = (what) => new Announcements(table()).announce(what, now());

const batchQueue = () => new SqsQueue<BatchMessage>(resource('DELIVER_BATCHES_QUEUE_URL'));
const verificationQueue = () => new SqsQueue<VerifyMessage>(resource('WORK_QUEUE_URL'));
const planQueue = () => new SqsQueue<PlanMessage>(resource('WORK_QUEUE_URL'));

/** What digests are planned with. */
export const planningServices = (): PlanningServices => ({
  digests: new DigestStore(table()),
  subscribers: new SubscriberStore(table()),
  ledger: new Ledger(table()),
  batches: batchQueue(),
  plans: planQueue(),
  spent: () => awsMeter.take(),
  finishIfComplete: finisher(),
  now,
});

/** What a digest's batches are woken with. */
export const wakingServices = (): WakingServices => ({
  digests: new DigestStore(table()),
  ledger: new Ledger(table()),
  batches: batchQueue(),
  now,
});

/** What sums of segments are compared with. */
export const verifyServices = (): VerifyServices => ({ ledger: new Ledger(table()), verifications: verificationQueue(), now });

/** What an incident of dead mailboxes is settled with. */
export const incidentServices = (): Omit<SettlingIncident, 'remainingMilliseconds'> => ({
  ...takingBack(),
  queue: incidentQueue(),
});

/** What a digest that is made tries dead mailboxes with. */
export const trialServices = (): TrialServices => ({
  ...takingBack(),
  digests: new DigestStore(table()),
  incidentStore: new IncidentStore(table()),
  incidents: incidentQueue(),
});

const takingBack = () => ({
  deadMailboxes: deadMailboxes(),
  subscribers: new SubscriberStore(table()),
  tombstones: new Tombstones(table()),
  consents: new ConsentLog(table()),
  now,
});

const incidentQueue = () => new SqsQueue<IncidentMessage>(resource('WORK_QUEUE_URL'));
/** Only what opens addresses needs the key; who counts them has it not. */
const deadMailboxes = () => new DeadMailboxes(table(), () => secret(resource('IDENTITY_KEY_SECRET')));

/** What `watch-digests` works with in one look. */
export async function watchServices(notices: Omit<NoticeServices, 'reportOf'>): Promise<WatchServices> {
  const settings = await currentSettings();
  const client = sendingClient();
  const sending = sesSending({ client, configurationSet: resource('CONFIGURATION_SET'), table: table(), dailyLimit });
  const digests = new DigestStore(table());
  const ledger = new Ledger(table());
  const runDigest = new SqsQueue<RunDigestMessage>(resource('WORK_QUEUE_URL'));
  // Past the breaker: these show whether it may be closed, or tell of it while it is open.
  const past = sesMailer({ client, configurationSet: resource('CONFIGURATION_SET') });
  return {
    digests,
    wishes: new WishStore(table()),
    ledger,
    runDigest,
    breaker: sending.breaker,
    askQuota: () => sending.pace.askAgain(),
    probe: () => probeSes(past, settings),
    parked: new ParkedMails(table()),
    requests: new SqsQueue<RequestedMail>(resource('CONFIRMATION_QUEUE_URL')),
    line: new WaitingLine(table(), now),
    rate: () => sending.pace.rate(),
    limits: settings.limits,
    tellOutage: (outage) => tellOutage(outage, { ...notices, mailer: past, pace: { turn: async () => undefined } }),
    sleep,
    plans: planQueue(),
    verifications: verificationQueue(),
    batches: batchQueue(),
    eventChannel: eventChannel(client, settings),
    resendWithoutEvidence: settings.resendWithoutEvidence,
    deadMailboxes: deadMailboxes(),
    incidentStore: new IncidentStore(table()),
    slowStarts: new SlowStartStore(table()),
    incidents: incidentQueue(),
    quota: () => sending.pace.quota(),
    finishIfComplete: finisher(),
    publish: (digest) => publishDigest(digest, { digests, issues: new IssueStore(table()), announce, now }),
    catchUpSlot: (at) =>
      catchUpSlot(at, {
        table: table(),
        digests,
        runDigest,
        settings,
        tellMissed: (slot, reason) => tellMissed(slot, reason, notices),
      }),
    tellEditors: (ids) =>
      tellEditors(ids, { ...notices, reportOf: async (id) => reportWithCost(await currentReport(id, { ledger, now })) }),
    now,
  };
}

function eventChannel(client: ReturnType<typeof sendingClient>, settings: Settings): EventChannel {
  return new EventChannel({
    table: table(),
    mailer: sesMailer({ client, configurationSet: resource('CONFIGURATION_SET') }),
    probe: (id) => probeMessage(id, settings),
    events: new SqsQueue(resource('SES_EVENTS_QUEUE_URL')),
    deadLetters: new SqsQueue(resource('SES_EVENTS_DEAD_LETTERS_URL')),
  });
}

/** What `watch-digests` sends issues scheduled for a moment with. */
export const dueIssueServices = async (): Promise<DueIssueServices> => ({
  issues: new IssueStore(table()),
  digests: new DigestStore(table()),
  runDigest: new SqsQueue<RunDigestMessage>(resource('WORK_QUEUE_URL')),
  settings: await currentSettings(),
  now,
});

/** What `deliver-batches` works with; made once per process, since what it remembers lives as long as the process. */
export function deliveryServices(): DeliveryServices & Omit<DeliverBatchesServices, 'deliver'> {
  const digests = new DigestStore(table());
  const ledger = new Ledger(table());
  const workerDigests = new WorkerDigests({ digests, issues: new IssueStore(table()), finishIfComplete: finisher(), announce, now });
  const sending = sesSending({
    client: sendingClient(),
    configurationSet: resource('CONFIGURATION_SET'),
    table: table(),
    dailyLimit,
  });
  return {
    ledger,
    digests: workerDigests,
    fairShare: new FairShare({ digests: workerDigests, ledger, random: Math.random, now, sleep }),
    subscribers: new SubscriberStore(table()),
    hosts: new MailboxHosts({ table: table() }),
    messageFor: messageMaker({
      digests,
      tokenKeys: () => secret(resource('TOKEN_KEYS_SECRET')),
      settings: currentSettings,
      publicOrigin: resource('PUBLIC_ORIGIN'),
    }),
    ...sending,
    permits: new PermitsInHand({ pace: sending.pace, now }),
    preparing: new Turns(),
    sending: new Turns(),
    brake: new RejectionBrake(),
    batches: batchQueue(),
    spent: () => awsMeter.take(),
    newClaimId: () => randomBytes(6).toString('base64url'),
    now,
    sleep,
  };
}

function finisher() {
  const services = { digests: new DigestStore(table()), issues: new IssueStore(table()), ledger: new Ledger(table()), announce, now };
  return (id: string) => finishIfComplete(id, services);
}
