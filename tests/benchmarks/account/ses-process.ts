import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendRate } from '../../../infra/local/emulators/ses/send-rate.ts';

// SES of a benchmark, in a process of its own: a bucket of tokens, an answer after `latencyMs`, and the moment of each
// acceptance. What it is given it does not look at, so that it costs as little as may be.

let rate = 500;
let latencyMs = 0;
let bucket = new SendRate(rate);
let acceptedAt: number[] = [];
let rivalAt: number[] = [];
let throttled = 0;
let bytes = 0;
let rival: NodeJS.Timeout | undefined;

const submitted = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0100018f3c2d5a6e-00000000-0000-4000-8000-000000000000-000000</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>`;
const refused = `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Maximum sending rate exceeded.</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
const quota = () =>
  `<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult><Max24HourSend>10000000</Max24HourSend><MaxSendRate>${rate}</MaxSendRate><SentLast24Hours>0</SentLast24Hours></GetSendQuotaResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetSendQuotaResponse>`;

// A worker that sends nothing for a while, because it is another's turn, finds its connections open.
const keepAliveTimeout = 600_000;

createServer({ keepAliveTimeout }, (request, response) => {
  let first: Buffer | undefined;
  request.on('data', (chunk: Buffer) => {
    first ??= chunk;
    bytes += chunk.length;
  });
  request.on('end', () => {
    const answer = (status: number, xml: string) => response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    if (first?.subarray(0, 25).toString().startsWith('Action=GetSendQuota')) return answer(200, quota());
    const accepted = bucket.take(1);
    if (accepted) acceptedAt.push(Date.now());
    else throttled += 1;
    if (latencyMs > 0) setTimeout(() => (accepted ? answer(200, submitted) : answer(400, refused)), latencyMs);
    else if (accepted) answer(200, submitted);
    else answer(400, refused);
  });
})
  .listen(0, '127.0.0.1', function (this: { address(): AddressInfo | string | null }) {
    process.send?.({ port: (this.address() as AddressInfo).port });
  })
  .on('connection', (socket) => socket.setNoDelay(true));

process.on('disconnect', () => process.exit());
process.on('message', (asked: { set?: { rate: number; latencyMs: number }; rivalShare?: number; tell?: true }) => {
  if (asked.set) {
    ({ rate, latencyMs } = asked.set);
    bucket = new SendRate(asked.set.rate);
    [acceptedAt, rivalAt, throttled, bytes] = [[], [], 0, 0];
  }
  if (asked.rivalShare !== undefined) runRival(asked.rivalShare);
  if (asked.tell) process.send?.({ acceptedAt, rivalAt, throttled, bytes });
});

/** Somebody else takes this share of the rate until they are told another one. */
function runRival(share: number) {
  clearInterval(rival);
  if (share === 0) return;
  const began = performance.now();
  let asked = 0;
  rival = setInterval(() => {
    const due = ((performance.now() - began) / 1_000) * share * rate;
    for (; asked < due; asked += 1) if (bucket.take(1)) rivalAt.push(Date.now());
  }, 5);
}
