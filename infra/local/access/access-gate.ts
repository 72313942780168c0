import { Agent, createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessDenied } from './grants.ts';

export type GateRules = {
  /** Fails with {@link AccessDenied} where the caller may not. */
  judge: (request: { headers: IncomingMessage['headers']; body: Buffer }) => void;
  refusal: (words: string) => { status: number; body: string };
};

/** IAM in front of an emulator that has none and whose server is its own. What may pass is passed on byte for byte. */
export class AccessGate {
  readonly endpoint: string;
  readonly #server: Server;
  readonly #behind: string;
  #rules: GateRules | undefined;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(server: Server, behind: string) {
    this.#server = server;
    this.#behind = behind;
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Its address is known before its rules: they come of the template, whose queues have that address. */
  static async start(behind: string): Promise<AccessGate> {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new AccessGate(server, behind);
  }

  keep(rules: GateRules) {
    this.#rules = rules;
  }

  async close() {
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    if (!this.#rules) return void response.writeHead(503).end();
    const body = await admitted(request, response, this.#rules);
    if (!body) return;
    const { method, headers } = request;
    const onward = httpRequest(this.#behind + request.url, { method, headers, agent: this.#agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    response.once('close', () => onward.destroy());
    onward.end(body);
  }
}

/** A request's body, if its caller may ask for that; else they are refused here. */
export async function admitted(request: IncomingMessage, response: ServerResponse, rules: GateRules): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  try {
    rules.judge({ headers: request.headers, body });
    return body;
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    const refusal = rules.refusal(error.message);
    response.writeHead(refusal.status, { 'content-type': 'application/x-amz-json-1.0' }).end(refusal.body);
    return undefined;
  }
}
