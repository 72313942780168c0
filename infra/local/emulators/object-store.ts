import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Access } from '../access/access.ts';
import { s3Call, signerOf } from '../access/aws-call.ts';
import { AccessDenied } from '../access/grants.ts';
import type { LocalStack } from '../local-stack.ts';
import { read } from '../template.ts';
import { expiredLink, headersWished } from './presigned-link.ts';
import { type Refused, refusedUpload, type UploadForm, uploadForm } from './upload-policy.ts';

/** More than any object here; what a form may hold, its policy says. */
const bodyLimit = 300 * 1024 * 1024;
const notPassed = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);
const notAnswered = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/**
 * S3 in front of fauxqs: it enforces the policy of a presigned POST and the age of a presigned link, which fauxqs takes without
 * a look, names a download as its link says, and answers browsers by the CORS rules of the template's buckets. All else is
 * passed on.
 */
export class ObjectStore {
  readonly endpoint: string;
  readonly #server: Server;
  readonly #behind: string;
  readonly #access: Access;
  readonly #origins = new Map<string, string[]>();

  private constructor(server: Server, behind: string, access: Access) {
    this.#server = server;
    this.#behind = behind;
    this.#access = access;
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(behind: string, access: Access): Promise<ObjectStore> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new ObjectStore(server, behind, access);
  }

  /** Which pages may post to which bucket. */
  allow(stack: LocalStack) {
    for (const { logicalId, properties } of stack.ofType('AWS::S3::Bucket')) {
      const rules = read.list(read.object(properties, 'CorsConfiguration'), 'CorsRules');
      const origins = rules.flatMap((rule) => read.texts(rule, 'AllowedOrigins'));
      this.#origins.set(stack.identity(logicalId).ref, origins);
    }
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const bucket = (request.url ?? '/').split(/[/?]/)[1] ?? '';
    for (const [name, value] of Object.entries(this.#corsHeaders(bucket, request.headers.origin))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(response.hasHeader('access-control-allow-origin') ? 200 : 403).end();
    const body = await bodyOf(request);
    const type = request.headers['content-type'] ?? '';
    const form = request.method === 'POST' && type.startsWith('multipart/form-data') ? await uploadForm(body, type, bucket) : undefined;
    const over = (form && refusedUpload(form)) ?? expiredLink(request.url ?? '/', new Date()) ?? this.#deniedTo(request, form);
    if (over) return refuse(response, over);
    await this.#passOn(request, body, response);
  }

  /** A link or a form has the permissions of the role that signed it. */
  #deniedTo({ method = 'GET', url = '/', headers }: IncomingMessage, form: UploadForm | undefined): Refused | undefined {
    const { bucket, key } = placeOf(url);
    try {
      this.#access.object(form?.signer ?? signerOf(headers, url), method, bucket, form?.key ?? key);
      return undefined;
    } catch (error) {
      if (error instanceof AccessDenied) return { status: 403, code: 'AccessDenied', message: error.message };
      throw error;
    }
  }

  /** S3 tells only who may list a bucket that an object is not there. */
  #hides(status: number, { url = '/', headers }: IncomingMessage): boolean {
    return status === 404 && !this.#access.may(signerOf(headers, url), s3Call('GET', placeOf(url).bucket, ''));
  }

  async #passOn(request: IncomingMessage, body: Buffer, response: ServerResponse) {
    const { method = 'GET', url = '/', headers } = request;
    const passed = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || notPassed.has(name) ? [] : [[name, String(value)] as [string, string]],
    );
    const answer = await fetch(`${this.#behind}${url}`, {
      method,
      headers: passed,
      ...(method !== 'GET' && method !== 'HEAD' && { body: new Uint8Array(body) }),
      redirect: 'manual',
    });
    if (this.#hides(answer.status, request)) return refuse(response, { status: 403, code: 'AccessDenied', message: 'Access Denied' });
    for (const [name, value] of answer.headers) if (!notAnswered.has(name)) response.setHeader(name, value);
    for (const [name, value] of headersWished(url)) response.setHeader(name, value);
    response.writeHead(answer.status);
    if (answer.body) await pipeline(Readable.fromWeb(answer.body as ReadableStream), response);
    else response.end();
  }

  #corsHeaders(bucket: string, origin: string | undefined): Record<string, string> {
    if (!origin || !this.#origins.get(bucket)?.some((allowed) => sameSite(allowed, origin))) return {};
    return { 'access-control-allow-origin': origin, 'access-control-allow-methods': 'POST', 'access-control-allow-headers': '*' };
  }
}

/** The distribution of a local run is reached by http. */
const sameSite = (allowed: string, origin: string) => allowed === '*' || allowed.replace(/^https?:/, '') === origin.replace(/^https?:/, '');

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > bodyLimit) throw new Error(`More than ${bodyLimit} bytes came for an object.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function placeOf(url: string): { bucket: string; key: string } {
  const [bucket = '', ...key] = new URL(url, 'http://s3').pathname.slice(1).split('/');
  return { bucket, key: decodeURIComponent(key.join('/')) };
}

function refuse(response: ServerResponse, { status, code, message }: Refused) {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
}
