import { type CliFinding, good, trouble, wait } from '../frame/cli-finding.ts';
import type { Clients } from '../frame/clients.ts';
import type { Context } from '../frame/context.ts';
import { certificate, certificateFor, certificateWithRecord, covers, requestCertificate } from './certificates.ts';
import { writeDns } from './write-dns.ts';

const secondsBetweenLooks = 15;
const minutesToWait = 10;

/**
 * CloudFront wants a certificate that is issued, in us-east-1, and for that host. One that the account has is written into the
 * settings; else one is requested, if the person agrees, and its record is shown or written.
 */
export async function lookAtCertificate(aws: Pick<Clients, 'acm' | 'route53'>, context: Context): Promise<CliFinding[]> {
  const { publicHost: host, certificateArn } = context.settings.read();
  if (typeof host !== 'string') return [good('no_host', {})];
  const arn = typeof certificateArn === 'string' ? certificateArn : await findOrRequest(host, aws, context);
  if (!arn) return [trouble('certificate_missing', { host })];
  const found = await certificateWithRecord(arn, aws, context);
  if (!found) return [trouble('certificate_gone', { arn })];
  if (!covers(found.names, host)) return [trouble('certificate_for_others', { host, names: found.names, arn })];
  if (found.status === 'ISSUED') return [good('certificate', { host })];
  if (found.status !== 'PENDING_VALIDATION') return [trouble('certificate_failed', { host, status: found.status, arn })];
  const written = await writeDns(found.validation, aws, context);
  // A record that somebody else has to set first is not waited for.
  if (!written.every(({ level }) => level === 'good')) return [...written, wait('certificate_waits', { host })];
  context.terminal.say(context.words.deploy.waitsForCertificate(host));
  return [...written, await onceIssued(host, arn, aws, context)];
}

async function findOrRequest(host: string, aws: Pick<Clients, 'acm'>, { settings, terminal, words }: Context): Promise<string | undefined> {
  const found = await certificateFor(host, aws);
  if (!found && !(await terminal.agree(words.deploy.agreeCertificate(host)))) return undefined;
  const certificateArn = found?.arn ?? (await requestCertificate(host, aws));
  settings.write({ ...settings.read(), certificateArn });
  return certificateArn;
}

async function onceIssued(host: string, arn: string, aws: Pick<Clients, 'acm'>, { now, sleep }: Context): Promise<CliFinding> {
  const until = now().getTime() + minutesToWait * 60_000;
  while (now().getTime() < until) {
    if ((await certificate(arn, aws))?.status === 'ISSUED') return good('certificate', { host });
    await sleep(secondsBetweenLooks * 1_000);
  }
  return wait('certificate_waits', { host });
}
