import middy from '@middy/core';
import * as z from 'zod';
import { watchServices } from './deliveries-services.ts';
import { watchDigests } from './watch-digests.ts';

const Tick = z.object({ scheduledTime: z.iso.datetime() });

const services = watchServices();

export const handler = middy(async (event: unknown) => watchDigests(new Date(Tick.parse(event).scheduledTime), services));
