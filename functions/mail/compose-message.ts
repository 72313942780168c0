import { messageTemplate, type Sender } from './message-template.ts';

export type Message = {
  from: Sender;
  to: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  /** BCP 47, for `Content-Language`. */
  language: string;
  headers: Record<string, string>;
  date?: Date;
};

/** One message as the bytes SES is given (RFC 5322 and MIME); for many readers of one text see `messageTemplate`. */
export function composeMessage({ to, html, text, headers, date, ...shared }: Message): Uint8Array {
  const compose = messageTemplate({ ...shared, html: { fixed: html }, text: { fixed: text } });
  return compose({ to, html: '', text: '', headers, ...(date ? { date } : {}) });
}
