import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

/** An SES over real HTTP whose next answers the test chooses; counts what reached it. */
export async function fakeSes(...replies: Reply[]) {
  const bodies: URLSearchParams[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      (replies.shift() ?? accept)(request, response);
    });
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, close };
}

export const accept: Reply = (_request, response) =>
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(
      '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0100-abc</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>',
    );

export const refuse =
  (code: string, message: string, status = 400): Reply =>
  (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'text/xml' })
      .end(
        `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
      );

export const answerWith =
  (status: number, body: string): Reply =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);

export const reset: Reply = (request) => request.socket.resetAndDestroy();
export const silence: Reply = () => {};
export const stallAfterHeaders: Reply = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' });
  response.write('<SendRawEmailResponse>');
};
export const after =
  (ms: number, reply: Reply): Reply =>
  (request, response) =>
    setTimeout(() => reply(request, response), ms);
