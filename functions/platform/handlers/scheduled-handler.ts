import middy, { type MiddlewareObj } from '@middy/core';
import * as z from 'zod';

const Tick = z.object({ scheduledTime: z.iso.datetime() });

/** A Lambda that a schedule starts: its work gets the moment it was scheduled for, which a retry does not change. */
export const scheduledHandler = <Result>(work: (scheduledFor: Date) => Promise<Result>) =>
  middy((scheduledFor: Date) => work(scheduledFor)).use(scheduledTime());

/** Middleware: of the event that the schedule sends, only its moment. */
const scheduledTime = (): MiddlewareObj<Date> => ({
  before: (invocation) => {
    invocation.event = new Date(Tick.parse(invocation.event).scheduledTime);
  },
});
