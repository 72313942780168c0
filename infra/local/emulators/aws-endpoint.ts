import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Secrets } from './secrets.ts';
import type { LocalSes } from './ses/local-ses.ts';
import { answerSes } from './ses/ses-protocol.ts';

/** The HTTP side of the services written here: SES (query protocol) and Secrets Manager (JSON), told apart by their headers. */
export class AwsEndpoint {
  readonly endpoint: string;
  readonly #server: Server;
  #ses: LocalSes | undefined;
  #secrets: Secrets | undefined;

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

  serve({ ses, secrets }: { ses: LocalSes; secrets: Secrets }) {
    this.#ses = ses;
    this.#secrets = secrets;
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
    if (typeof target === 'string' && target.startsWith('secretsmanager.')) this.#answerSecret(target, body, response);
    else if (this.#ses) await answerSes(this.#ses, body, response);
    else response.writeHead(503).end();
  }

  #answerSecret(target: string, body: Buffer, response: ServerResponse) {
    const { SecretId: secretId = '' } = JSON.parse(body.toString()) as { SecretId?: string };
    const answer = target === 'secretsmanager.GetSecretValue' ? this.#secrets?.answer(secretId) : undefined;
    response.writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify(answer ?? { __type: 'ResourceNotFoundException', message: 'Secrets Manager can’t find the specified secret.' }),
    );
  }
}
