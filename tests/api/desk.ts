import { createHash } from 'node:crypto';
import { ApiKeyStore } from '../../functions/access/api-key-store.ts';
import type { Actor } from '../../functions/access/principal.ts';
import type { Colleague } from '../../functions/access/principal-store.ts';
import type { Scope } from '../../functions/access/scope.ts';
import { type ApiServices, apiRoutes } from '../../functions/api/api-routes.ts';
import { KeptAnswers } from '../../functions/api/idempotency/kept-answers.ts';
import type { IncidentMessage } from '../../functions/deliveries/incidents/incident-message.ts';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { type DeliveryReport, emptyReport } from '../../functions/digests/delivery-report.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { DigestHistory } from '../../functions/digests/history/digest-history.ts';
import { IncidentStore } from '../../functions/digests/incident-store.ts';
import { NextDigestStore } from '../../functions/digests/next-digest.ts';
import { WishStore } from '../../functions/digests/wishes/wish-store.ts';
import { ExportStore } from '../../functions/exports/export-store.ts';
import { ListHistory } from '../../functions/exports/list-history.ts';
import { FeedbackLog } from '../../functions/feedback/feedback-log.ts';
import { AskingStore } from '../../functions/imports/asking-store.ts';
import { declarations } from '../../functions/imports/declaration.ts';
import { ImportStore } from '../../functions/imports/import-store.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { saveForPreview } from '../../functions/issues/issue-contents.ts';
import { IssueStore } from '../../functions/issues/issue-store.ts';
import { issueFindings } from '../../functions/issues/preflight/issue-findings.ts';
import { readNote } from '../../functions/issues/read-note.ts';
import { Breaker } from '../../functions/mail/breaker.ts';
import { type HttpResponse, problemResponse } from '../../functions/platform/http.ts';
import type { Table } from '../../functions/platform/table.ts';
import { RestoreStore } from '../../functions/restores/restore-store.ts';
import { StatisticsStore } from '../../functions/statistics/statistics-store.ts';
import { AuditLog } from '../../functions/subscribers/audit-log.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { WaitingLine } from '../../functions/subscribers/waiting-line/waiting-line.ts';
import { Announcements } from '../../functions/webhooks/announcements.ts';
import { WebhookStore } from '../../functions/webhooks/webhook-store.ts';
import { weeklyOn } from '../digests/weekly-on.ts';
import { FakeMailer, FakeQueue } from '../support/delivery-services.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { expectContract } from './expect-contract.ts';

/** Everybody who works here: one of each role, and a second editor. */
const colleagues: Record<string, Colleague> = {
  ada: { role: 'owner', address: 'Ada@example.org' },
  bob: { role: 'editor', address: 'bob@example.org' },
  eve: { role: 'editor' },
  will: { role: 'writer' },
  ann: { role: 'analyst' },
};

export const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada@example.org' };
export const bob: Actor = { kind: 'person', id: 'bob', name: 'bob@example.org' };

/** `by`: the colleague or the key that asks, or nobody; ada, the owner, unless it says otherwise. */
type Request = { headers?: Record<string, string>; by?: string | null; body?: string | Uint8Array };

const signedInAt = new Date('2026-11-22T08:00:00Z');

/** The editors' routes over a table in memory: `request('POST', '/api/v1/issues', …)` answers as the Lambda would. */
export function startDesk(table: Table, now = new Date('2026-11-22T12:00:00Z'), own: Partial<ApiServices> = {}) {
  const sent: unknown[] = [];
  const incidents = new FakeQueue<IncidentMessage>();
  const woken: string[] = [];
  const report: DeliveryReport = { ...emptyReport(), audience: 3, submitted: 2, open: 1 };
  const issues = new IssueStore(table);
  const digests = new DigestStore(table);
  const mailer = new FakeMailer();
  const readers = {
    subscribers: new SubscriberStore(table),
    tombstones: new Tombstones(table),
    declarationOf: declarations(table),
    consents: new ConsentLog(table),
    feedback: new FeedbackLog(table),
    audit: new AuditLog(table),
    ledger: new Ledger(table),
  };
  const listFiles = new MemoryFiles();
  const breaker = new Breaker({ table, now: () => new Date('2026-11-20T01:30:00.000Z') });
  const webhooks = new WebhookStore(table);
  const announcements = new Announcements(table);
  const services: ApiServices = {
    issues,
    digests,
    digestHistory: new DigestHistory(table),
    wishes: new WishStore(table),
    readFile: ({ bytes }) => contentFrom(Buffer.from(bytes).toString('utf8')),
    preflight: async (content) => ({ ...issueFindings(content), bytes: { html: 1_000, budget: 102_000 } }),
    verifyToken: async (token) => ({ sub: token, signedInAt }),
    principals: {
      find: async (sub) => colleagues[sub] && { ...colleagues[sub], addressAskedFor: signedInAt.toISOString() },
      keepAddress: async () => undefined,
    },
    signedInAddress: async () => undefined,
    apiKeys: new ApiKeyStore(table),
    keptAnswers: new KeptAnswers(table),
    webhooks,
    announce: (what) => announcements.announce(what, now),
    wakeBatches: async ({ id }) => void woken.push(id),
    reportOf: async () => report,
    breaker,
    incidents,
    incidentStore: new IncidentStore(table),
    queuedIssues: () => issues.queued(),
    nextDigest: new NextDigestStore(table),
    readNote: async (text) => readNote(text),
    runDigest: { send: async (message) => void sent.push(message) },
    keepImages: { send: async (message) => void sent.push(message) },
    ...readers,
    identityKey: async () => 'identity',
    region: 'eu-west-1',
    uploadedApart: async () => undefined,
    presignUpload: async (uploadId) => ({ url: 'https://uploads.example.org/', fields: { key: `uploads/${uploadId}` } }),
    preview: async ({ issues: shown, note = [], scheduledFor }, locale) => {
      const title = shown.map((issue) => issue.title).join(' · ');
      const said = note.map(({ html }) => html).join('');
      return { html: `${said}<p lang="${locale}">${title}</p>`, text: `${title} ${scheduledFor}`, eml: `Subject: ${title}\r\n` };
    },
    testMails: async ({ title }, addresses) =>
      addresses.map((to) => ({ from: 'weekly@news.example.org', to, raw: Buffer.from(title), tags: { kind: 'test' } })),
    mailer,
    pace: { turn: async () => undefined },
    imports: new ImportStore(table),
    asking: new AskingStore(table),
    importQueue: { send: async (message) => void sent.push(message) },
    restores: new RestoreStore(table),
    statistics: new StatisticsStore(table),
    line: new WaitingLine(table, () => now),
    countQueue: { send: async (message) => void sent.push(message) },
    listFiles,
    presignList: async (uploadId) => ({ url: 'https://lists.example.org/', fields: { key: `imports/uploads/${uploadId}` } }),
    exports: new ExportStore(table),
    listHistory: new ListHistory(table),
    exportQueue: { send: async (message) => void sent.push(message) },
    download: async (key, { filename }) => `https://lists.example.org/${key}?as=${filename}`,
    pageFile: async (name) => (['index.html', 'frame.html', 'app.js'].includes(name) ? Buffer.from(`the ${name}`) : undefined),
    uploadsOrigins: async () => ['https://uploads.example.org', 'https://lists.example.org'],
    keepPreview: async (content) => ({
      url: `https://news.example.org/archive/${content.slug}?preview=${await saveForPreview(table, content, now)}`,
      expiresAt: now.toISOString(),
    }),
    pageConfig: {
      signInOrigin: 'https://sign-in.example.org',
      clientId: 'client',
      newsletterName: '周报',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      topics: [],
    },
    settings: {
      topics: [
        { id: 'robots', name: { 'zh-CN': '机器人', en: 'Robots' } },
        { id: 'chips', name: 'Chips' },
      ],
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      schedule: weeklyOn('friday', '09:00'),
      undoMinutes: 0,
      catchUpHours: 6,
      testReaders: ['desk@example.org'],
    },
    now: () => now,
    ...own,
  };
  const routes = apiRoutes(async () => services);

  async function request(method: string, address: string, { headers = {}, by = 'ada', body = '' }: Request = {}) {
    const { pathname, searchParams } = new URL(address, 'https://news.example.org');
    const segments = pathname.split('/');
    const matching = routes.find(
      (route) =>
        route.method === method &&
        route.path.split('/').length === segments.length &&
        route.path.split('/').every((part, n) => part.startsWith('{') || part === segments[n]),
    );
    if (!matching) throw new Error(`no route for ${method} ${pathname}`);
    const params = Object.fromEntries(
      matching.path.split('/').flatMap((part, n) => (part.startsWith('{') ? [[part.slice(1, -1), segments[n] ?? '']] : [])),
    );
    const full = {
      method,
      path: pathname,
      params,
      query: searchParams,
      headers: { ...(by !== null && { authorization: `Bearer ${by}` }), ...headers },
      body: Buffer.from(body),
      sourceAddress: '203.0.113.7',
    };
    const response = await Promise.resolve()
      .then(() => matching.endpoint(full))
      .catch((error: unknown) => problemResponse(error));
    if (matching.path.startsWith('/api/')) expectContract(method, matching.path, response);
    return { ...response, json: jsonOf(response) };
  }

  /** A key with these scopes, made by ada. */
  async function makeKey(scopes: readonly Scope[], name = 'robot'): Promise<string> {
    const { json } = await request('POST', '/api/v1/keys', { body: JSON.stringify({ name, scopes }) });
    return json.key;
  }

  const upload = (text: string) =>
    request('POST', '/api/v1/issues?filename=a.md', { headers: { 'content-type': 'text/markdown' }, body: text });

  return {
    ...readers,
    request,
    makeKey,
    upload,
    webhooks,
    announcements,
    issues,
    digests,
    exports: services.exports as ExportStore,
    imports: services.imports as ImportStore,
    listFiles,
    sent,
    incidents,
    incidentStore: new IncidentStore(table),
    mailer,
    breaker,
    woken,
    report,
  };
}

/** Stands in for the reader of files: the first line is the slug, the rest the text; a line `asked: …` is what the file asks for. */
function contentFrom(text: string): IssueContent {
  const [slug = '', ...lines] = text.split('\n');
  const said = lines.join('\n');
  const [, state, at = ''] = /^asked: (queued|scheduled)(?: (\S+))?$/m.exec(said) ?? [];
  return {
    slug: slug || createHash('sha256').update(text).digest('hex').slice(0, 8),
    number: null,
    title: `《${slug}》`,
    date: '2026-11-20',
    language: 'zh-CN',
    summary: '',
    cover: null,
    intro: [{ kind: 'paragraph', text: said, html: `<p>${said}</p>` }],
    sections: [],
    closing: [],
    images: [],
    warnings: [],
    ...(state === 'queued' && { asked: { state } }),
    ...(state === 'scheduled' && { asked: { state, at } }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
const jsonOf = ({ headers, body }: HttpResponse): any =>
  headers?.['content-type']?.includes('json') ? JSON.parse(String(body)) : undefined;
