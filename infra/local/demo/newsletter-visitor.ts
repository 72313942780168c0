import { setTimeout as wait } from 'node:timers/promises';
import { DomUtils, parseDocument } from 'htmlparser2';
import PostalMime, { type Email } from 'postal-mime';

export type OutboxMessage = { id: string; to: string[]; from: string; subject: string; tags: Record<string, string>; receivedAt: string };

export type MailFilter = { to?: string; digest?: string };

type ReportFigure =
  | 'audience'
  | 'submitted'
  | 'rejected'
  | 'unknown'
  | 'open'
  | 'resent'
  | 'duplicated'
  | 'delivered'
  | 'bounced'
  | 'complained';

export type DigestAnswer = {
  id: string;
  state: string;
  holds: string[];
  issues: string[];
  report: Record<ReportFigure, number> & { skipped: Record<string, number> };
};

/** A running newsletter as its readers and editors meet it: pages, forms, mails and the editors' routes. Nothing behind them. */
export class NewsletterVisitor {
  readonly origin: string;
  #token: string | undefined;
  constructor(origin: string) {
    this.origin = origin;
  }

  /** Fills in the sign-up page's own form and sends it, as a browser does. */
  async signUp(address: string, language = 'zh-CN'): Promise<Response> {
    const page = await this.#open('/', language);
    return this.#submit(page, { email: address }, language);
  }

  /** Opens a page from a mail and presses the one button on it. */
  async pressButton(link: string, language = 'zh-CN'): Promise<Response> {
    const page = await this.#open(link, language);
    return this.#submit(page, {}, language);
  }

  /** What a mail program does for its own unsubscribe button (RFC 8058). */
  oneClick(link: string): Promise<Response> {
    return fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), redirect: 'manual' });
  }

  async outbox({ to, digest }: MailFilter = {}): Promise<OutboxMessage[]> {
    const messages: OutboxMessage[] = [];
    for (let after = ''; ; after = messages.at(-1)?.id ?? '') {
      const query = new URLSearchParams({ limit: '1000', ...(to && { to }), ...(digest && { digest }), ...(after && { after }) });
      const page = (await this.#json(`/_local/outbox?${query}`)) as { messages: OutboxMessage[] };
      messages.push(...page.messages);
      if (page.messages.length === 0) return messages;
    }
  }

  /** The newest mail to an address, waited for; `known`: how many there were before. */
  async mailTo(
    address: string,
    { digest, known = 0 }: { digest?: string; known?: number } = {},
  ): Promise<{ message: OutboxMessage; raw: Uint8Array; mail: Email }> {
    for (let tries = 0; tries < 150; tries += 1) {
      const messages = await this.outbox({ to: address, ...(digest && { digest }) });
      const message = messages.at(-1);
      if (message && messages.length > known) {
        const raw = await this.raw(message.id);
        return { message, raw, mail: await PostalMime.parse(raw) };
      }
      await wait(100);
    }
    throw new Error(`No mail came to ${address} within 15 seconds.`);
  }

  async raw(id: string): Promise<Uint8Array> {
    const response = await this.#fetch(`/_local/outbox/${id}.eml`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Signs up, takes the link out of the mail that comes, and presses the button on its page. */
  async becomeReader(address: string, language = 'zh-CN'): Promise<void> {
    const known = (await this.outbox({ to: address })).length;
    const asked = await this.signUp(address, language);
    if (asked.status !== 202) throw new Error(`Signing up answered ${asked.status}, not 202.`);
    const { mail } = await this.mailTo(address, { known });
    const confirmed = await this.pressButton(linkIn(mail, '/confirm?'), language);
    if (confirmed.status !== 200) throw new Error(`Confirming answered ${confirmed.status}, not 200.`);
  }

  /** A request of an editor who is signed in. */
  async asEditor(method: string, path: string, body?: { text: string | Uint8Array; type: string }): Promise<Response> {
    this.#token ??= ((await this.#json('/_local/editor-token')) as { token: string }).token;
    return fetch(new URL(path, this.origin), {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...(body && { 'content-type': body.type }) },
      ...(body && { body: typeof body.text === 'string' ? body.text : new Uint8Array(body.text) }),
    });
  }

  async upload(file: string | Uint8Array, name: string): Promise<Response> {
    return this.asEditor('POST', `/api/v1/issues?filename=${encodeURIComponent(name)}`, { text: file, type: 'text/plain; charset=utf-8' });
  }

  async digest(id: string): Promise<DigestAnswer | undefined> {
    const response = await this.asEditor('GET', `/api/v1/digests/${id}`);
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`GET /api/v1/digests/${id} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    return (await response.json()) as DigestAnswer;
  }

  fire(schedule: string, scheduledTime: string): Promise<Response> {
    return this.#fetch(`/_local/schedules/${schedule}/fire`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scheduledTime }),
    });
  }

  put(path: string, body: unknown): Promise<Response> {
    return this.#fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }

  /** Waits until nothing is in flight or due. */
  async idle(seconds = 60): Promise<void> {
    const end = Date.now() + seconds * 1_000;
    for (;;) {
      const response = await fetch(new URL('/_local/idle', this.origin));
      if (response.status === 200) return;
      if (Date.now() > end) throw new Error(`Not idle after ${seconds} seconds: ${await response.text()}`);
      await wait(100);
    }
  }

  async #open(path: string, language: string) {
    const response = await this.#fetch(path, { headers: { accept: 'text/html', 'accept-language': language } });
    return { url: response.url, html: await response.text() };
  }

  async #submit(page: { url: string; html: string }, values: Record<string, string>, language: string): Promise<Response> {
    const { action, fields } = postFormOf(page.html);
    return fetch(new URL(action, page.url), {
      method: 'POST',
      headers: { accept: 'text/html', 'accept-language': language },
      body: new URLSearchParams({ ...fields, ...values }),
      redirect: 'manual',
    });
  }

  async #json(path: string): Promise<unknown> {
    return (await this.#fetch(path, { headers: { accept: 'application/json' } })).json();
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(new URL(path, this.origin), init);
    if (!response.ok)
      throw new Error(
        `${init.method ?? 'GET'} ${new URL(path, this.origin).pathname} answered ${response.status}: ${(await response.text()).slice(0, 300)}`,
      );
    return response;
  }
}

/** The first link of a mail's text part that leads to such a page. */
export function linkIn(mail: Pick<Email, 'text'>, part: string): string {
  const link = [...(mail.text ?? '').matchAll(/https?:\/\/[^\s<>()（）]+/g)]
    .map(([address]) => address)
    .find((address) => address.includes(part));
  if (!link) throw new Error(`The mail has no link with ${part} in it.`);
  return link;
}

/** A page's one POST form: where it goes, and what its fields hold; boxes are ticked, as a willing reader does. */
function postFormOf(html: string): { action: string; fields: Record<string, string> } {
  const form = DomUtils.findOne(
    (element) => element.name === 'form' && element.attribs.method?.toLowerCase() === 'post',
    parseDocument(html).children,
  );
  if (!form) throw new Error('The page has no form that posts.');
  const inputs = DomUtils.findAll(
    (element) => ['input', 'button'].includes(element.name) && element.attribs.name !== undefined,
    form.children,
  );
  const fields = inputs.map(({ attribs }) => [attribs.name ?? '', attribs.value ?? (attribs.type === 'checkbox' ? 'on' : '')] as const);
  return { action: form.attribs.action ?? '', fields: Object.fromEntries(fields) };
}
