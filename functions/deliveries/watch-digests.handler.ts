import { sendDueIssues } from '../digests/send-due-issues.ts';
import { noticeServices } from '../notices/notices-services.ts';
import { scheduledHandler } from '../platform/handlers/scheduled-handler.ts';
import { dueIssueServices, watchServices } from './deliveries-services.ts';
import { watchDigests } from './watch-digests.ts';

/** Neither waits for the other: an issue's moment has come whatever becomes of the digests that are open. */
export const handler = scheduledHandler(async (scheduledFor) => {
  const watch = async () => watchDigests(scheduledFor, await watchServices(await noticeServices()));
  const sendDue = async () => sendDueIssues(await dueIssueServices());
  const [sent, watched] = await Promise.allSettled([sendDue(), watch()]);
  if (sent.status === 'rejected') throw sent.reason;
  if (watched.status === 'rejected') throw watched.reason;
  return { ...watched.value, sent: sent.value };
});
