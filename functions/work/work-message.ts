import * as z from 'zod';
import { IncidentMessage } from '../deliveries/incidents/incident-message.ts';
import { VerifyMessage } from '../deliveries/segments/verify-message.ts';
import { PlanMessage, RunDigestMessage } from '../digests/digest-messages.ts';
import { ExportMessage } from '../exports/reader-export.ts';
import { AskMessage } from '../imports/ask-unconfirmed.ts';
import { ImportMessage } from '../imports/reader-import.ts';
import { WatchImportsMessage } from '../imports/watch-imports.ts';
import { KeepImagesMessage } from '../issues/images/keep-images-message.ts';
import { CopyMessage } from '../restores/copy-departures.ts';
import { CountMessage } from '../statistics/count-readers.ts';
import { WebhooksMessage } from '../webhooks/deliver-webhooks.ts';

/** Whatever may be on the work queue, told apart by `kind`. Each is a wake-up and may come twice. */
export const WorkMessage = z.discriminatedUnion('kind', [
  RunDigestMessage,
  PlanMessage,
  VerifyMessage,
  KeepImagesMessage,
  ImportMessage,
  WatchImportsMessage,
  AskMessage,
  ExportMessage,
  CountMessage,
  CopyMessage,
  IncidentMessage,
  WebhooksMessage,
]);
export type WorkMessage = z.infer<typeof WorkMessage>;
