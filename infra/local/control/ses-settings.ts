import * as z from 'zod';
import { Fault } from '../emulators/ses/ses-faults.ts';
import { jsonResponse } from '../http/http-message.ts';
import type { ControlParts, ControlRoute } from './control-route.ts';
import { bodyOf } from './control-route.ts';

/** Counters may come along, so that what was read can be changed and put back; they stay what they are. */
const SesSettings = z.strictObject({
  maxSendRate: z.number().positive().optional(),
  max24HourSend: z.number().min(0).optional(),
  latencyMs: z.number().min(0).optional(),
  faults: z.array(Fault).optional(),
  sandbox: z.boolean().optional(),
  verified: z.array(z.string()).optional(),
  accepted: z.unknown().optional(),
  throttled: z.unknown().optional(),
  quotaRefused: z.unknown().optional(),
  sentLast24Hours: z.unknown().optional(),
});

/** SES's rate, quota and latency, what goes wrong on purpose, and how often it said what. */
export function sesRoutes({ ses, books }: ControlParts): ControlRoute[] {
  const state = () =>
    jsonResponse(200, {
      maxSendRate: ses.rate.perSecond,
      max24HourSend: ses.max24HourSend,
      latencyMs: ses.latencyMs,
      faults: ses.faults.all,
      sandbox: ses.sandbox,
      accepted: books.accepted,
      throttled: ses.throttled,
      quotaRefused: ses.quotaRefused,
      sentLast24Hours: ses.sentLast24Hours,
    });
  return [
    { method: 'GET', path: /^\/ses$/, answer: state },
    {
      method: 'PUT',
      path: /^\/ses$/,
      answer: (request) => {
        const { maxSendRate, max24HourSend, latencyMs, faults, sandbox, verified = [] } = bodyOf(SesSettings, request);
        // First, since a rate that is named beside it is meant.
        if (sandbox !== undefined) ses.sandbox = sandbox;
        for (const identity of verified) ses.verify(identity);
        if (maxSendRate !== undefined) ses.rate.perSecond = maxSendRate;
        if (max24HourSend !== undefined) ses.max24HourSend = max24HourSend;
        if (latencyMs !== undefined) ses.latencyMs = latencyMs;
        if (faults !== undefined) ses.faults.all = faults;
        return state();
      },
    },
  ];
}
