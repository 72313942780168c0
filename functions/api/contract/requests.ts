import * as z from 'zod';
import { IncidentRequest, ResumeRequest } from '../digests/digest-endpoints.ts';
import { NextDigestPlan } from '../digests/next-digest-endpoints.ts';
import { ScheduleRequest, SendRequest, TopicsRequest } from '../issues/issue-life-endpoints.ts';
import { UploadRequest } from '../issues/upload-endpoints.ts';
import { ApiKeyRequest } from '../keys/api-key-endpoints.ts';
import { ExportRequest } from '../lists/export-endpoints.ts';
import { AskRequest, ImportRequest, StartRequest } from '../lists/import-endpoints.ts';
import { ReaderRequest, ReinstateRequest } from '../readers/reader-endpoints.ts';
import { TestSendRequest } from '../test-send/test-send-endpoint.ts';
import { WebhookRequest } from '../webhooks/webhook-endpoints.ts';

/** What is asked, as JSON, by the name it has in the description. */
export const requestSchemas = {
  ApiKeyRequest,
  AskRequest,
  ExportRequest,
  ImportRequest,
  IncidentRequest,
  NextDigestPlan,
  ReaderRequest,
  ReinstateRequest,
  ResumeRequest,
  ScheduleRequest,
  SendRequest,
  StartRequest,
  TestSendRequest,
  TopicsRequest,
  UploadReference: z.strictObject({ uploadId: z.uuid() }),
  UploadRequest,
  WebhookRequest,
} satisfies Record<string, z.ZodType>;

export type RequestName = keyof typeof requestSchemas;
