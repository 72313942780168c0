import { createHash } from 'node:crypto';
import { Ledger } from '../../functions/deliveries/ledger.ts';
import { DigestStore } from '../../functions/digests/digest-store.ts';
import { emptyReceipt, type Receipt } from '../../functions/digests/receipt.ts';
import { type EditorServices, editorRoutes } from '../../functions/editors/routes.ts';
import { ExportStore } from '../../functions/exports/export-store.ts';
import { FeedbackLog } from '../../functions/feedback/feedback-log.ts';
import { FiguresStore } from '../../functions/figures/figures-store.ts';
import { AskingStore } from '../../functions/imports/asking-store.ts';
import { declarations } from '../../functions/imports/declaration.ts';
import { ImportStore } from '../../functions/imports/import-store.ts';
import type { IssueContent } from '../../functions/issues/issue.ts';
import { IssueStore } from '../../functions/issues/issue-store.ts';
import { issueFindings } from '../../functions/issues/preflight/issue-findings.ts';
import type { HttpRequest, HttpResponse } from '../../functions/platform/http.ts';
import { problemResponse } from '../../functions/platform/problem.ts';
import type { Table } from '../../functions/platform/table.ts';
import { AuditLog } from '../../functions/subscribers/audit-log.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { Tombstones } from '../../functions/subscribers/tombstones/tombstones.ts';
import { FakeMailer } from '../support/delivery-services.ts';
import { MemoryFiles } from '../support/memory-files.ts';

export const editorClaims = { sub: 'e-1', username: 'ada', token_use: 'access', 'cognito:groups': '[editors]' };

type Request = Partial<Pick<HttpRequest, 'headers' | 'claims'>> & { body?: string | Uint8Array };

/** The editors' routes over a table in memory: `request('POST', '/editors/issues', …)` answers as the Lambda would. */
export function startDesk(table: Table, now = new Date('2026-11-22T12:00:00Z'), address?: string) {
  const sent: unknown[] = [];
  const woken: string[] = [];
  const receipt: Receipt = { ...emptyReceipt(), audience: 3, submitted: 2, open: 1 };
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
  const services: EditorServices = {
    issues,
    digests,
    readFile: ({ bytes }) => contentFrom(Buffer.from(bytes).toString('utf8')),
    preflight: async (content) => ({ ...issueFindings(content), bytes: { html: 1_000, budget: 102_000 } }),
    addressOf: async () => address,
    wakeOrders: async ({ id }) => void woken.push(id),
    receiptOf: async () => receipt,
    queuedIssues: async () => (await issues.queued()).map(({ slug }) => slug),
    runDigest: { send: async (message) => void sent.push(message) },
    keepImages: { send: async (message) => void sent.push(message) },
    ...readers,
    identityKey: async () => 'identity',
    region: 'eu-west-1',
    uploadedApart: async () => undefined,
    presignUpload: async (uploadId) => ({ url: 'https://uploads.example.org/', fields: { key: `uploads/${uploadId}` } }),
    preview: async ({ title }, locale) => ({ html: `<p lang="${locale}">${title}</p>`, text: title, eml: `Subject: ${title}\r\n` }),
    testMails: async ({ title }, addresses) =>
      addresses.map((to) => ({ from: 'weekly@news.example.org', to, raw: Buffer.from(title), tags: { kind: 'test' } })),
    mailer,
    pace: { turn: async () => undefined },
    signedInAddress: async () => 'Ada@example.org',
    imports: new ImportStore(table),
    asking: new AskingStore(table),
    importQueue: { send: async (message) => void sent.push(message) },
    figures: new FiguresStore(table),
    countQueue: { send: async (message) => void sent.push(message) },
    listFiles,
    presignList: async (uploadId) => ({ url: 'https://lists.example.org/', fields: { key: `imports/uploads/${uploadId}` } }),
    exports: new ExportStore(table),
    exportQueue: { send: async (message) => void sent.push(message) },
    download: async (key, { filename }) => `https://lists.example.org/${key}?as=${filename}`,
    pageFile: async (name) => (['index.html', 'frame.html', 'app.js'].includes(name) ? Buffer.from(`the ${name}`) : undefined),
    uploadsOrigins: async () => ['https://uploads.example.org', 'https://lists.example.org'],
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
      schedule: { weekday: 'friday', time: '09:00' },
      testReaders: ['desk@example.org'],
    },
    editorsGroup: 'editors',
    now: () => now,
  };
  const routes = editorRoutes(services);

  async function request(method: string, address: string, { headers = {}, claims = editorClaims, body = '' }: Request = {}) {
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
      headers,
      body: Buffer.from(body),
      sourceAddress: '203.0.113.7',
      claims,
    };
    const response = await Promise.resolve()
      .then(() => matching.endpoint(full))
      .catch((error: unknown) => problemResponse(error));
    return { ...response, json: jsonOf(response) };
  }

  const upload = (text: string) =>
    request('POST', '/editors/issues?filename=a.md', { headers: { 'content-type': 'text/markdown' }, body: text });

  return {
    ...readers,
    request,
    upload,
    issues,
    digests,
    exports: services.exports as ExportStore,
    imports: services.imports as ImportStore,
    listFiles,
    sent,
    mailer,
    woken,
    receipt,
  };
}

/** Stands in for the reader of files: the first line is the slug, the rest the text. */
function contentFrom(text: string): IssueContent {
  const [slug = '', ...lines] = text.split('\n');
  const said = lines.join('\n');
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
  };
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
const jsonOf = ({ headers, body }: HttpResponse): any =>
  headers?.['content-type']?.includes('json') ? JSON.parse(String(body)) : undefined;
