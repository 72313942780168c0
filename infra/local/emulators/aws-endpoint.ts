import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Access } from '../access/access.ts';
import { AccessDenied } from '../access/grants.ts';
import type { Secrets } from './secrets.ts';
import type { LocalSes } from './ses/local-ses.ts';
import { answerSes } from './ses/ses-protocol.ts';

type Parts = { ses: LocalSes; secrets: Secrets; access: Access };

/** The HTTP side of the services written here: SES (query protocol) and Secrets Manager (JSON), told apart by their headers. */
export class AwsEndpoint {
  readonly endpoint: string;
  readonly #server: Server;
  #parts: Parts | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Its address is known before what answers there: functions need the one, and SES needs the template's topics. */
  static async start(): Promise<AwsEndpoint> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new AwsEndpoint(server);
  }

  serve(parts: Parts) {
    this.#parts = parts;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const target = request.headers['x-amz-target'];
    if (!this.#parts) response.writeHead(503).end();
    else if (typeof target === 'string' && target.startsWith('secretsmanager.')) answerSecret(request, body, response, this.#parts);
    else await answerSes(request, body, response, this.#parts);
  }
}

function answerSecret({ headers }: IncomingMessage, body: Buffer, response: ServerResponse, { secrets, access }: Parts) {
  const { SecretId: secretId = '' } = JSON.parse(body.toString()) as { SecretId?: string };
  const action = String(headers['x-amz-target']).split('.').at(-1) ?? '';
  const respond = (status: number, answer: object) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  try {
    access.secret(headers, action, secretId);
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return respond(400, { __type: 'AccessDeniedException', Message: error.message });
  }
  const answer = action === 'GetSecretValue' ? secrets.answer(secretId) : undefined;
  if (answer) respond(200, answer);
  else respond(400, { __type: 'ResourceNotFoundException', message: 'Secrets Manager can’t find the specified secret.' });
}
