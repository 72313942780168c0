import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { LocalRequest, LocalResponse } from './http/http-message.ts';
import { BodyTooLarge, jsonResponse, readRequest, writeResponse } from './http/http-message.ts';

/** What an HTTP API takes of a body. */
const bodyLimit = 10 * 1024 * 1024;

/** The port is another program's; the message is for the person who started this one. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`);
  }
}

type Face = (request: LocalRequest) => Promise<LocalResponse>;

/** The one port people and browsers see: the distribution, and beside it everything below `/_local`. */
export class Gateway {
  readonly port: number;
  readonly #servers: Server[];
  #site: Face | undefined;
  #control: Face | undefined;

  private constructor(port: number, servers: Server[]) {
    this.port = port;
    this.#servers = servers;
    for (const server of servers) server.on('request', (request, response) => void this.#answer(request, response));
  }

  /**
   * Listens on both loopback addresses, because `localhost` is either; never on a network. Port 0 picks a free one.
   * @throws PortTaken
   */
  static async open(wanted: number): Promise<Gateway> {
    const first = await listen(wanted, '127.0.0.1');
    if (!first) throw new Error('This machine has no 127.0.0.1.');
    const address = first.address();
    const port = typeof address === 'object' && address ? address.port : wanted;
    const second = await listen(port, '::1').catch((error: unknown) => {
      first.close();
      throw error;
    });
    return new Gateway(port, second ? [first, second] : [first]);
  }

  serve({ site, control }: { site: Face; control: Face }) {
    this.#site = site;
    this.#control = control;
  }

  async close() {
    await Promise.all(
      this.#servers.map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }

  async #answer(message: IncomingMessage, response: ServerResponse) {
    try {
      const request = await readRequest(message, bodyLimit);
      const face = isControl(request.path) ? this.#control : this.#site;
      writeResponse(response, face ? await face(request) : jsonResponse(503, { message: 'Starting' }));
    } catch (error) {
      if (error instanceof BodyTooLarge) writeResponse(response, jsonResponse(413, { message: 'Request Entity Too Large' }));
      else if (!response.headersSent && !message.destroyed) {
        process.stderr.write(`The local run could not answer ${message.method} ${message.url?.split('?')[0]}: ${String(error)}\n`);
        writeResponse(response, jsonResponse(500, { message: 'Internal Server Error' }));
      } else response.destroy();
    }
  }
}

const isControl = (path: string) => path === '/_local' || path.startsWith('/_local/');

/** Undefined where the machine does not have this address, as without IPv6. */
async function listen(port: number, host: string): Promise<Server | undefined> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new PortTaken(port);
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return undefined;
    throw error;
  }
}
