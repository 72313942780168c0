import { certificate } from '../deployment/certificates.ts';
import { outputOf } from '../deployment/deployed-stack.ts';
import { type DnsRecord, dmarcOf, dnsRecords, domainOfDmarc, isSeen } from '../deployment/dns-records.ts';
import { senderDomains } from '../deployment/look-at-identities.ts';
import { type CliFinding, good, note, trouble, wait } from '../frame/cli-finding.ts';
import { unlessNotReached } from '../frame/world-dns.ts';
import type { Check, Patient } from './check.ts';

export const checkDns: Check = async ({ deployed, settings, context: { dns } }) => {
  const records = dnsRecords(deployed).filter(({ isDmarc }) => !isDmarc);
  const seen = await Promise.all(records.map((record) => isSeen(record, dns)));
  const missing = records.filter((_, n) => !seen[n]).map((record): CliFinding => wait('dns_missing', plain(record)));
  const policies = await Promise.all(
    senderDomains(settings).map(async (domain): Promise<CliFinding> => {
      const found = await dmarcOf(domain, dns);
      if (found === 'none') return wait('dmarc_missing', { domain, value: dmarcWanted(domain, deployed) });
      return good('dmarc_seen', { domain, name: found.name, policy: /\bp=(\w+)/i.exec(found.policy)?.[1] ?? '' });
    }),
  );
  return [...(missing.length > 0 ? missing : [good('dns_seen', { count: records.length })]), ...policies];
};

const plain = ({ name, type, value }: DnsRecord) => ({ name, type, value });
const dmarcWanted = (domain: string, deployed: Patient['deployed']) =>
  dnsRecords(deployed).find(({ isDmarc, name }) => isDmarc && domainOfDmarc(name) === domain)?.value ?? '"v=DMARC1; p=none"';

const renewalDays = 30;

export const checkCertificate: Check = async ({ aws, settings: { publicHost, certificateArn }, context: { now } }) => {
  if (!publicHost || !certificateArn) return [good('no_host', {})];
  const found = await certificate(certificateArn, aws);
  if (!found) return [trouble('certificate_gone', { arn: certificateArn })];
  if (found.status !== 'ISSUED') return [trouble('certificate_failed', { host: publicHost, status: found.status, arn: certificateArn })];
  const { expires } = found;
  const daysLeft = expires ? (expires.getTime() - now().getTime()) / 86_400_000 : Number.POSITIVE_INFINITY;
  // ACM renews sixty days before the end, as long as its record is there.
  return [
    daysLeft < renewalDays
      ? trouble('certificate_ends', { host: publicHost, days: Math.floor(daysLeft) })
      : good('certificate', { host: publicHost }),
  ];
};

/** What readers do, through the host that they use. Whether they can at all waits for DNS. */
export const checkPages: Check = async (patient) => {
  const origin = outputOf(patient.deployed, 'PublicAddress');
  const page = await answered(`${origin}/`, {}, patient);
  if ('fault' in page) return [((await isInDns(patient)) ? trouble : wait)('page_unreachable', { address: origin, fault: page.fault })];
  if (page.status !== 200 || !page.body.includes('/subscribe')) return [trouble('page_wrong', { address: origin, status: page.status })];
  return [good('page_answers', { address: origin }), await oneClick(origin, patient), await viewer(origin, patient)];
};

/** A mail program's one-click request (RFC 8058) with a forged token: our function must answer, with a refusal, and nothing in front of it. */
async function oneClick(origin: string, patient: Patient): Promise<CliFinding> {
  const answer = await answered(
    `${origin}/unsubscribe?t=periodical-doctor`,
    {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: 'List-Unsubscribe=One-Click',
    },
    patient,
  );
  if ('fault' in answer) return trouble('page_unreachable', { address: `${origin}/unsubscribe`, fault: answer.fault });
  const refused = answer.status === 400 && answer.body.includes('token_invalid');
  return refused ? good('one_click', {}) : trouble('one_click_blocked', { status: answer.status });
}

async function viewer(origin: string, patient: Patient): Promise<CliFinding> {
  const answer = await answered(`${origin}/viewer-address`, {}, patient);
  if ('fault' in answer || answer.status !== 200) return note('viewer_unknown', {});
  return answer.body.includes('"arrives"') ? good('viewer_known', {}) : trouble('viewer_missing', {});
}

const patienceMs = 15_000;

async function answered(
  address: string,
  init: RequestInit,
  { context }: Patient,
): Promise<{ status: number; body: string } | { fault: string }> {
  try {
    const response = await context.fetch(address, { ...init, signal: AbortSignal.timeout(patienceMs) });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
    return { fault: cause?.code ?? cause?.message ?? message };
  }
}

async function isInDns({ deployed, context: { dns } }: Patient): Promise<boolean> {
  const record = dnsRecords(deployed).find(({ isPublicHost }) => isPublicHost);
  return !record || (await unlessNotReached(isSeen(record, dns))) === true;
}
