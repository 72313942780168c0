import { createHash } from 'node:crypto';
import {
  type CertificateDetail,
  DescribeCertificateCommand,
  KeyAlgorithm,
  ListCertificatesCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { allPages } from '../frame/all-pages.ts';
import type { Clients } from '../frame/clients.ts';
import type { Context } from '../frame/context.ts';
import { unlessMissing } from '../frame/refused-by-aws.ts';
import type { DnsRecord } from './dns-records.ts';

type Acm = Pick<Clients, 'acm'>;
export type Certificate = {
  arn: string;
  /** As ACM calls it: `ISSUED`, `PENDING_VALIDATION`, … */
  status: string;
  names: readonly string[];
  expires: Date | undefined;
  /** What proves to ACM whose domain it is; it has to stay there for renewals. */
  validation: readonly DnsRecord[];
};

export async function certificate(arn: string, { acm }: Acm): Promise<Certificate | undefined> {
  const answer = await unlessMissing(acm.send(new DescribeCertificateCommand({ CertificateArn: arn })));
  return answer?.Certificate && read(answer.Certificate);
}

/** The best of the account's certificates for a host: one that is issued, else one that waits for its record. */
export async function certificateFor(host: string, { acm }: Acm): Promise<Certificate | undefined> {
  // Without `Includes` ACM only lists certificates with RSA keys of 2,048 bits.
  const summaries = await allPages(async (NextToken) => {
    const page = await acm.send(
      new ListCertificatesCommand({
        CertificateStatuses: ['ISSUED', 'PENDING_VALIDATION'],
        Includes: { keyTypes: Object.values(KeyAlgorithm) },
        ...(NextToken && { NextToken }),
      }),
    );
    return { items: page.CertificateSummaryList, next: page.NextToken };
  });
  const maybe = summaries.filter(
    ({ DomainName = '', SubjectAlternativeNameSummaries: more = [], HasAdditionalSubjectAlternativeNames }) =>
      HasAdditionalSubjectAlternativeNames || covers([DomainName, ...more], host),
  );
  const details = await Promise.all(maybe.map(({ CertificateArn = '' }) => certificate(CertificateArn, { acm })));
  const fitting = details.filter((each) => each !== undefined).filter(({ names }) => covers(names, host));
  return fitting.find(({ status }) => status === 'ISSUED') ?? fitting.find(({ status }) => status === 'PENDING_VALIDATION');
}

/** Asks ACM for a certificate. Asked twice within an hour, ACM answers with the first one. */
export async function requestCertificate(host: string, { acm }: Acm): Promise<string> {
  const { CertificateArn = '' } = await acm.send(
    new RequestCertificateCommand({
      DomainName: host,
      ValidationMethod: 'DNS',
      IdempotencyToken: createHash('sha256').update(host).digest('hex').slice(0, 32),
    }),
  );
  return CertificateArn;
}

const secondsBetweenLooks = 5;

/** ACM needs some seconds to say which record it waits for. */
export async function certificateWithRecord(arn: string, aws: Acm, { sleep }: Pick<Context, 'sleep'>): Promise<Certificate | undefined> {
  for (let look = 0; ; look += 1) {
    const found = await certificate(arn, aws);
    if (!found || found.validation.length > 0 || found.status !== 'PENDING_VALIDATION' || look === 12) return found;
    await sleep(secondsBetweenLooks * 1_000);
  }
}

/** A wildcard is for one label: `*.example.org` is not for `a.b.example.org`, nor for `example.org`. */
export const covers = (names: readonly string[], host: string): boolean =>
  names.some((name) => name === host || (name.startsWith('*.') && name.slice(2) === host.slice(host.indexOf('.') + 1)));

function read({ CertificateArn = '', Status, DomainName = '', ...more }: CertificateDetail): Certificate {
  return {
    arn: CertificateArn,
    status: Status ?? '',
    names: [...new Set([DomainName, ...(more.SubjectAlternativeNames ?? [])])],
    expires: more.NotAfter,
    validation: (more.DomainValidationOptions ?? []).flatMap(({ ResourceRecord }) =>
      ResourceRecord?.Name && ResourceRecord.Value
        ? [{ name: ResourceRecord.Name.replace(/\.$/, ''), type: 'CNAME' as const, value: ResourceRecord.Value }]
        : [],
    ),
  };
}
