import { sendDueIssues } from '../digests/send-due-issues.ts';
import { noticeServices } from '../notices/notices-services.ts';
import { tellGivenUp } from '../notices/webhook-notice.ts';
import { scheduledHandler } from '../platform/handlers/scheduled-handler.ts';
import { watchWebhooks } from '../webhooks/watch-webhooks.ts';
import { webhookWatchServices } from '../webhooks/webhooks-services.ts';
import { dueIssueServices, watchServices } from './deliveries-services.ts';
import { watchDigests } from './watch-digests.ts';

/** None waits for another: an issue's moment has come whatever becomes of the digests that are open. */
export const handler = scheduledHandler(async (scheduledFor) => {
  const watch = async () => watchDigests(scheduledFor, await watchServices(await noticeServices()));
  const sendDue = async () => sendDueIssues(await dueIssueServices());
  const wakeWebhooks = async () => {
    const notices = await noticeServices();
    return watchWebhooks({ ...webhookWatchServices(), tellGivenUp: (webhook) => tellGivenUp(webhook, notices) });
  };
  const [sent, watched, webhooks] = await Promise.allSettled([sendDue(), watch(), wakeWebhooks()]);
  if (sent.status === 'rejected') throw sent.reason;
  if (webhooks.status === 'rejected') throw webhooks.reason;
  if (watched.status === 'rejected') throw watched.reason;
  return { ...watched.value, sent: sent.value };
});
