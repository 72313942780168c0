import { each, queueHandler } from '../platform/queue-handler.ts';
import { KeepImagesMessage } from './images/keep-images-message.ts';
import { keepIssueImages } from './images/keep-issue-images.ts';
import { keepImagesServices } from './issues-services.ts';

const services = keepImagesServices();

export const handler = queueHandler(
  KeepImagesMessage,
  each((message, invocation) => keepIssueImages(message, { ...services(), ...invocation })),
);
