import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchImage, fetchLimits, type Internet, type IpAddress } from '../../../functions/issues/images/fetch-image.ts';

const publicAddress: IpAddress = { address: '93.184.216.34', family: 4 };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/**
 * An internet of one local server behind every public address. `connected` says which addresses were asked; `names` says what
 * a name means, one answer after the other.
 */
async function internetOf(answer: RequestListener, names: Record<string, IpAddress[][]> = {}) {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connected: string[] = [];
  const resolved: string[] = [];
  const internet: Internet = {
    resolve: async (host) => {
      resolved.push(host);
      const answers = names[host] ?? [[publicAddress]];
      return (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    },
    request: (url, { address }, signal) => {
      connected.push(address);
      return new Promise((resolve, reject) => {
        request(
          { host: '127.0.0.1', port, path: url.pathname, headers: { host: url.host }, signal, agent: false },
          (message: IncomingMessage) =>
            resolve({ status: message.statusCode ?? 0, headers: message.headers as Record<string, string>, body: message }),
        )
          .once('error', reject)
          .end();
      });
    },
  };
  return { internet, connected, resolved };
}

const limits = { ...fetchLimits, bytes: 10_000, attemptMilliseconds: 300, milliseconds: 600 };
const options = { limits, pause: async () => undefined };
const sendsTo =
  (...targets: string[]): RequestListener =>
  (_request, response) =>
    void response.writeHead(302, { location: targets.length > 1 ? targets.shift() : targets[0] }).end();

test('a picture on a public server comes as it is', async () => {
  const { internet, connected } = await internetOf((_request, response) => response.end('picture'));

  expect(Buffer.from(await fetchImage('https://pictures.example/a.png', internet, options)).toString()).toBe('picture');
  expect(connected).toEqual(['93.184.216.34']);
});

test.each([
  ['plain http', 'http://pictures.example/a.png', 'not_https'],
  ['another port', 'https://pictures.example:8443/a.png', 'not_https'],
  ['credentials', 'https://ada:secret@pictures.example/a.png', 'not_https'],
  ['a file', 'file:///etc/passwd', 'not_https'],
  ['loopback', 'https://127.0.0.1/a.png', 'private_address'],
  ['loopback in short', 'https://127.1/a.png', 'private_address'],
  ['loopback as a number', 'https://2130706433/a.png', 'private_address'],
  ['loopback in octal', 'https://0177.0.0.1/a.png', 'private_address'],
  ['all addresses of this machine', 'https://0.0.0.0/a.png', 'private_address'],
  ['a private network', 'https://10.1.2.3/a.png', 'private_address'],
  ['another private network', 'https://172.31.255.255/a.png', 'private_address'],
  ['a home router', 'https://192.168.0.1/a.png', 'private_address'],
  ['the cloud’s metadata', 'https://169.254.169.254/latest/meta-data/', 'private_address'],
  ['a carrier’s own network', 'https://100.64.0.1/a.png', 'private_address'],
  ['multicast', 'https://224.0.0.1/a.png', 'private_address'],
  ['broadcast', 'https://255.255.255.255/a.png', 'private_address'],
  ['IPv6 loopback', 'https://[::1]/a.png', 'private_address'],
  ['IPv4 mapped into IPv6', 'https://[::ffff:169.254.169.254]/a.png', 'private_address'],
  ['IPv4 mapped into IPv6, in hex', 'https://[::ffff:7f00:1]/a.png', 'private_address'],
  ['IPv4 compatible IPv6', 'https://[::127.0.0.1]/a.png', 'private_address'],
  ['NAT64', 'https://[64:ff9b::7f00:1]/a.png', 'private_address'],
  ['NAT64 of one’s own', 'https://[64:ff9b:1::a00:1]/a.png', 'private_address'],
  ['6to4', 'https://[2002:7f00:1::]/a.png', 'private_address'],
  ['Teredo', 'https://[2001:0:7f00:1::]/a.png', 'private_address'],
  ['unique local IPv6', 'https://[fd00:ec2::254]/a.png', 'private_address'],
  ['link-local IPv6', 'https://[fe80::1]/a.png', 'private_address'],
  ['IPv6 multicast', 'https://[ff02::1]/a.png', 'private_address'],
])('%s is not asked', async (_what, address, reason) => {
  const { internet, connected } = await internetOf((_request, response) => response.end('secret'));

  await expect(fetchImage(address, internet, options)).rejects.toMatchObject({ name: 'ImageFailure', reason });
  expect(connected).toEqual([]);
});

test.each([
  ['https://169.254.169.254/latest/meta-data/', 'private_address'],
  ['https://[::ffff:10.0.0.1]/', 'private_address'],
  ['//127.0.0.1/', 'private_address'],
  ['http://pictures.example/', 'not_https'],
  ['https://pictures.example:22/', 'not_https'],
  ['https://inside.example/', 'private_address'],
])('a redirect to %s is not followed', async (target, reason) => {
  const { internet, connected } = await internetOf(sendsTo(target), { 'inside.example': [[{ address: '10.0.0.7', family: 4 }]] });

  await expect(fetchImage('https://pictures.example/a.png', internet, options)).rejects.toMatchObject({ reason });
  expect(connected).toEqual(['93.184.216.34']);
});

test('a name that is public when it is checked and private a moment later is asked where it was checked', async () => {
  const { internet, connected, resolved } = await internetOf((_request, response) => response.end('picture'), {
    'rebinding.example': [[publicAddress], [{ address: '127.0.0.1', family: 4 }]],
  });

  await fetchImage('https://rebinding.example/a.png', internet, options);

  expect(resolved).toEqual(['rebinding.example']);
  expect(connected).toEqual(['93.184.216.34']);
});

test.each([
  ['IPv4', { address: '192.168.1.1', family: 4 as const }],
  ['mapped IPv6', { address: '::ffff:192.168.1.1', family: 6 as const }],
])('a name with one private address among public ones is not asked at all: %s', async (_what, inside) => {
  const { internet, connected } = await internetOf((_request, response) => response.end(), { 'mixed.example': [[publicAddress, inside]] });

  await expect(fetchImage('https://mixed.example/a.png', internet, options)).rejects.toMatchObject({ reason: 'private_address' });
  expect(connected).toEqual([]);
});

test('three redirects are followed, a fourth is not', async () => {
  const hops: RequestListener = ({ url = '' }, response) => {
    const hop = Number(url.slice(1));
    if (hop === 0) response.end('picture');
    else response.writeHead(301, { location: `/${hop - 1}` }).end();
  };
  const { internet } = await internetOf(hops);

  expect(Buffer.from(await fetchImage('https://pictures.example/3', internet, options)).toString()).toBe('picture');
  await expect(fetchImage('https://pictures.example/4', internet, options)).rejects.toMatchObject({ reason: 'too_many_redirects' });
});

test('a body that never ends is cut off', async () => {
  const { internet } = await internetOf((_request, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(4_000)));
      response.once('drain', more);
    };
    more();
  });

  await expect(fetchImage('https://pictures.example/endless', internet, options)).rejects.toMatchObject({ reason: 'too_large' });
});

test('a body that says it is too large is not begun', async () => {
  const { internet } = await internetOf((_request, response) => response.writeHead(200, { 'content-length': '10001' }).flushHeaders());

  await expect(fetchImage('https://pictures.example/large', internet, options)).rejects.toMatchObject({ reason: 'too_large' });
});

test('a body that drips is not waited for', async () => {
  const { internet } = await internetOf((_request, response) => {
    const dripping = setInterval(() => response.write('.'), 20);
    response.once('close', () => clearInterval(dripping));
  });
  const begun = performance.now();

  await expect(fetchImage('https://pictures.example/slow', internet, options)).rejects.toMatchObject({ reason: 'timed_out' });
  expect(performance.now() - begun).toBeLessThan(1_500);
});

test('neither a server nor a resolver that says nothing is waited for', async () => {
  const { internet } = await internetOf(() => undefined);
  const silent: Internet = { ...internet, resolve: () => new Promise(() => undefined) };

  await expect(fetchImage('https://pictures.example/silent', internet, options)).rejects.toMatchObject({ reason: 'timed_out' });
  await expect(fetchImage('https://pictures.example/silent', silent, options)).rejects.toMatchObject({ reason: 'timed_out' });
});

test('a server that stumbles gets two more tries, one that refuses none', async () => {
  const asked: string[] = [];
  const { internet } = await internetOf(({ url = '' }, response) => {
    asked.push(url);
    if (url === '/gone') response.writeHead(404).end();
    else if (asked.length < 3) response.writeHead(503).end();
    else response.end('picture');
  });

  expect(Buffer.from(await fetchImage('https://pictures.example/later', internet, options)).toString()).toBe('picture');
  await expect(fetchImage('https://pictures.example/gone', internet, options)).rejects.toMatchObject({ reason: 'refused' });
  expect(asked).toEqual(['/later', '/later', '/later', '/gone']);
});
