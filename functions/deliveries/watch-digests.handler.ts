import middy from '@middy/core';
import * as z from 'zod';
import { sendDueIssues } from '../digests/send-due-issues.ts';
import { noticeServices } from '../notices/notices-services.ts';
import { dueIssueServices, watchServices } from './deliveries-services.ts';
import { watchDigests } from './watch-digests.ts';

const Tick = z.object({ scheduledTime: z.iso.datetime() });

const services = watchServices(noticeServices());
const due = dueIssueServices();

/** Neither waits for the other: an issue's moment has come whatever becomes of the digests that are open. */
export const handler = middy(async (event: unknown) => {
  const { scheduledTime } = Tick.parse(event);
  const [sent, watched] = await Promise.allSettled([sendDueIssues(due), watchDigests(new Date(scheduledTime), services)]);
  if (sent.status === 'rejected') throw sent.reason;
  if (watched.status === 'rejected') throw watched.reason;
  return { ...watched.value, sent: sent.value };
});
