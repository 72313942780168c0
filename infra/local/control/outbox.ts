import PostalMime from 'postal-mime';
import { asDelivered } from '../emulators/ses/mail-headers.ts';
import type { AcceptedMessage, SesBooks } from '../emulators/ses/ses-books.ts';
import { matchesAddress } from '../emulators/ses/ses-faults.ts';
import type { LocalRequest, LocalResponse } from '../http/http-message.ts';
import { htmlResponse, jsonResponse } from '../http/http-message.ts';
import type { ControlParts, ControlRoute } from './control-route.ts';
import { wantsHtml } from './control-route.ts';
import { messagePage, outboxPage } from './outbox-pages.ts';

/** Mail is untrusted: it runs no scripts and has no origin. Its links open pages that are themselves again. */
const sandboxed = {
  'content-security-policy':
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:; style-src 'unsafe-inline'; base-uri 'self'",
};

/** Pages about mail run no scripts either. */
const quiet = { 'content-security-policy': "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; script-src 'none'" };

const notThere = () => jsonResponse(404, { message: 'There is no such message.' });

/** What SES accepted: as a list, as bytes, and as pages for a browser. */
export function outboxRoutes({ books, clock }: ControlParts): ControlRoute[] {
  return [
    { method: 'GET', path: /^\/outbox$/, answer: (request) => list(books, request) },
    {
      method: 'DELETE',
      path: /^\/outbox$/,
      answer: () => {
        books.empty(clock.now());
        return { status: 204, headers: {}, body: '' };
      },
    },
    { method: 'GET', path: /^\/outbox\/([^/]+)\.eml$/, answer: (request, [id = '']) => eml(books, id, request) },
    { method: 'GET', path: /^\/outbox\/([^/]+)\/preview$/, answer: (_request, [id = '']) => preview(books, id) },
    { method: 'GET', path: /^\/outbox\/([^/.]+)$/, answer: (_request, [id = '']) => message(books, id) },
  ];
}

function list(books: SesBooks, request: LocalRequest): LocalResponse {
  const query = new URLSearchParams(request.query);
  const to = query.get('to');
  const digest = query.get('digest');
  const limit = Number(query.get('limit') ?? Number.POSITIVE_INFINITY);
  const html = wantsHtml(request);
  const found: AcceptedMessage[] = [];
  for (const accepted of books.list(query.get('after') ?? undefined)) {
    if (to && !accepted.to.some((address) => matchesAddress(to, address))) continue;
    if (digest && accepted.tags.digest !== digest) continue;
    found.push(accepted);
    if (!html && found.length >= limit) break;
  }
  return html ? htmlResponse(200, outboxPage(found), quiet) : jsonResponse(200, { messages: found.map(listed) });
}

const listed = ({ id, to, from, subject, tags, receivedAt }: AcceptedMessage) => ({ id, to, from, subject, tags, receivedAt });

/** The bytes SES was given, or with `?as=delivered` those a mailbox gets from SES. */
function eml(books: SesBooks, id: string, { query }: LocalRequest): LocalResponse {
  const [accepted, raw] = [books.find(id), books.raw(id)];
  if (!accepted || !raw) return notThere();
  const delivered = new URLSearchParams(query).get('as') === 'delivered';
  return {
    status: 200,
    headers: { 'content-type': 'message/rfc822', ...sandboxed },
    body: delivered ? asDelivered(raw, { messageId: id, date: new Date(accepted.receivedAt) }) : raw,
  };
}

async function preview(books: SesBooks, id: string): Promise<LocalResponse> {
  const raw = books.raw(id);
  if (!raw) return notThere();
  const { html } = await PostalMime.parse(raw);
  return htmlResponse(200, inNewTabs(html ?? '<p>This message has no HTML part.</p>'), sandboxed);
}

/** The pages behind a mail's links do not let themselves be framed. */
const inNewTabs = (html: string) => {
  const base = '<base target="_blank">';
  return /<head[^<>]*>/i.test(html) ? html.replace(/<head[^<>]*>/i, (head) => head + base) : base + html;
};

async function message(books: SesBooks, id: string): Promise<LocalResponse> {
  const [accepted, raw] = [books.find(id), books.raw(id)];
  if (!accepted || !raw) return notThere();
  const { text = '', headers } = await PostalMime.parse(raw);
  return htmlResponse(200, messagePage({ message: accepted, headers, text, source: raw.toString('utf8') }), quiet);
}
