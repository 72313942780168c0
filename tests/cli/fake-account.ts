import { DescribeCertificateCommand, type DomainStatus, ListCertificatesCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type StackEvent,
  type StackStatus,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { ListScheduleGroupsCommand } from '@aws-sdk/client-scheduler';
import { ListRequestedServiceQuotaChangeHistoryByQuotaCommand, RequestServiceQuotaIncreaseCommand } from '@aws-sdk/client-service-quotas';
import { GetAccountCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { WorldDns } from '../../infra/cli/frame/world-dns.ts';
import { awsError, FakeAws } from './fake-aws.ts';

type Certificate = { arn: string; names: string[]; status: string; expires?: Date };
type Stack = {
  status: StackStatus;
  isProtected: boolean;
  outputs: Record<string, string>;
  resources: { type: string; logicalId: string; physicalId: string }[];
};

export const accountId = '318274659020';
export const region = 'eu-central-1';

/**
 * An AWS account of which a test says what is in it. It answers as the services' references say, and changes as they would: a record
 * that validates a certificate has it issued, what Route 53 takes the world sees.
 */
export class FakeAccount {
  readonly aws = new FakeAws();
  readonly certificates: Certificate[] = [];
  readonly zones = new Map<string, ResourceRecordSet[]>();
  readonly stacks = new Map<string, Stack>([
    ['CDKToolkit', { status: 'CREATE_COMPLETE', isProtected: false, outputs: { BootstrapVersion: '29' }, resources: [] }],
  ]);
  readonly events: StackEvent[] = [];
  /** Domains that SES knows, and whether it has found their records. */
  readonly identities = new Map<string, { verified: boolean }>();
  readonly ses = { production: true, sending: true, enforcement: 'HEALTHY', day: 50_000, second: 14 };
  readonly distributions: { id: string; aliases: string[] }[] = [{ id: 'E0LDER', aliases: ['shop.hafenblatt.de'] }];
  readonly tagged: string[] = [];
  readonly quotaRequests: { DesiredValue: number; Status: 'PENDING' }[] = [];
  concurrency = 1_000;
  /** What the world's DNS has beside the zones of this account. */
  readonly world = new Map<
    string,
    { cname?: string; txt?: string[]; mx?: { priority: number; exchange: string }[]; apex?: boolean; addresses?: string[] }
  >();

  constructor() {
    this.#identityAndServices();
    this.#certificates();
    this.#stacks();
    this.#zones();
  }

  #identityAndServices() {
    this.aws
      .on(GetCallerIdentityCommand, () => ({
        Account: accountId,
        Arn: `arn:aws:sts::${accountId}:assumed-role/Admin/ada`,
        UserId: 'AROA:ada',
      }))
      .on(GetAccountCommand, () => ({
        ProductionAccessEnabled: this.ses.production,
        SendingEnabled: this.ses.sending,
        EnforcementStatus: this.ses.enforcement,
        SendQuota: { Max24HourSend: this.ses.day, MaxSendRate: this.ses.second, SentLast24Hours: 0 },
      }))
      .on(GetEmailIdentityCommand, ({ EmailIdentity = '' }) => {
        const identity = this.identities.get(EmailIdentity);
        if (!identity) throw awsError('NotFoundException', `Email identity ${EmailIdentity} does not exist.`);
        const status = identity.verified ? ('SUCCESS' as const) : ('PENDING' as const);
        return {
          IdentityType: 'DOMAIN' as const,
          VerifiedForSendingStatus: identity.verified,
          DkimAttributes: { Status: status, SigningEnabled: true },
          MailFromAttributes: {
            MailFromDomain: `bounce.${EmailIdentity}`,
            MailFromDomainStatus: status,
            BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' as const,
          },
        };
      })
      .on(ListScheduleGroupsCommand, () => ({ ScheduleGroups: [] }))
      .on(ListUserPoolsCommand, () => ({ UserPools: [] }))
      .on(GetAccountSettingsCommand, () => ({ AccountLimit: { ConcurrentExecutions: this.concurrency } }))
      .on(ListRequestedServiceQuotaChangeHistoryByQuotaCommand, () => ({ RequestedQuotas: this.quotaRequests }))
      .on(RequestServiceQuotaIncreaseCommand, ({ DesiredValue = 0 }) => {
        this.quotaRequests.push({ DesiredValue, Status: 'PENDING' });
        return { RequestedQuota: { DesiredValue, Status: 'PENDING' as const } };
      })
      .on(ListDistributionsCommand, () => ({
        DistributionList: {
          Marker: '',
          MaxItems: 100,
          IsTruncated: false,
          Quantity: this.distributions.length,
          Items: this.distributions.map(({ id, aliases }) => ({
            Id: id,
            Aliases: { Quantity: aliases.length, Items: aliases },
          })) as never[],
        },
      }))
      .on(GetResourcesCommand, () => ({ ResourceTagMappingList: this.tagged.map((ResourceARN) => ({ ResourceARN })) }));
  }

  #certificates() {
    const of = (arn: string) => {
      const found = this.certificates.find((each) => each.arn === arn);
      if (!found) throw awsError('ResourceNotFoundException', `Could not find certificate ${arn}.`);
      return found;
    };
    this.aws
      .on(ListCertificatesCommand, ({ CertificateStatuses = [] }) => ({
        CertificateSummaryList: this.certificates
          .filter(({ status }) => CertificateStatuses.some((each) => each === status))
          .map(({ arn, names }) => ({ CertificateArn: arn, DomainName: names[0], SubjectAlternativeNameSummaries: names })),
      }))
      .on(DescribeCertificateCommand, ({ CertificateArn = '' }) => {
        const found = of(CertificateArn);
        const [name = ''] = found.names;
        const record = { Name: `_3f1.${name}.`, Type: 'CNAME' as const, Value: '_a7c.xlfgrmvvlj.acm-validations.aws.' };
        if (found.status === 'PENDING_VALIDATION' && this.sees(`_3f1.${name}`)) found.status = 'ISSUED';
        return {
          Certificate: {
            CertificateArn,
            DomainName: name,
            SubjectAlternativeNames: found.names,
            Status: found.status as never,
            NotAfter: found.expires,
            DomainValidationOptions: [{ DomainName: name, ResourceRecord: record, ValidationStatus: 'PENDING_VALIDATION' as DomainStatus }],
          },
        };
      })
      .on(RequestCertificateCommand, ({ DomainName = '' }) => {
        const arn = `arn:aws:acm:us-east-1:${accountId}:certificate/5d1c3a52-9f0e-4c57-8a53-0b7a3f1c2d4e`;
        this.certificates.push({ arn, names: [DomainName], status: 'PENDING_VALIDATION' });
        return { CertificateArn: arn };
      });
  }

  #stacks() {
    const of = (name = '') => {
      const found = this.stacks.get(name);
      if (!found) throw awsError('ValidationError', `Stack with id ${name} does not exist`);
      return found;
    };
    this.aws
      .on(DescribeStacksCommand, ({ StackName = '' }) => {
        const { status, isProtected, outputs } = of(StackName);
        return {
          Stacks: [
            {
              StackName,
              CreationTime: new Date(0),
              StackStatus: status,
              EnableTerminationProtection: isProtected,
              Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
            },
          ],
        };
      })
      .on(ListStackResourcesCommand, ({ StackName, NextToken }) => {
        // AWS hands out a hundred a page; two are enough to see whether the next page is asked for.
        const at = Number(NextToken ?? 0);
        const { resources } = of(StackName);
        return {
          StackResourceSummaries: resources.slice(at, at + 2).map(({ type, logicalId, physicalId }) => ({
            ResourceType: type,
            LogicalResourceId: logicalId,
            PhysicalResourceId: physicalId,
            ResourceStatus: 'CREATE_COMPLETE' as const,
            LastUpdatedTimestamp: new Date(0),
          })),
          ...(at + 2 < resources.length && { NextToken: String(at + 2) }),
        };
      })
      .on(DescribeStackEventsCommand, () => ({ StackEvents: [...this.events].reverse() }))
      .on(UpdateTerminationProtectionCommand, ({ StackName, EnableTerminationProtection = false }) => {
        of(StackName).isProtected = EnableTerminationProtection;
        return {};
      });
  }

  #zones() {
    const of = (id = '') => this.zones.get(id.replace(/^Z-/, '')) ?? [];
    this.aws
      .on(ListHostedZonesCommand, () => ({
        MaxItems: 100,
        IsTruncated: false,
        Marker: '',
        HostedZones: [...this.zones.keys()].map((name) => ({ Id: `/hostedzone/Z-${name}`, Name: `${name}.`, CallerReference: name })),
      }))
      .on(ListResourceRecordSetsCommand, ({ HostedZoneId, StartRecordName = '' }) => ({
        MaxItems: 10,
        IsTruncated: false,
        ResourceRecordSets: of(HostedZoneId).filter(({ Name = '' }) => `${Name}`.replace(/\.?$/, '.') === StartRecordName),
      }))
      .on(ChangeResourceRecordSetsCommand, ({ HostedZoneId, ChangeBatch }) => {
        of(HostedZoneId).push(...(ChangeBatch?.Changes ?? []).map(({ ResourceRecordSet }) => ResourceRecordSet as ResourceRecordSet));
        return { ChangeInfo: { Id: '/change/C1', Status: 'PENDING' as const, SubmittedAt: new Date(0) } };
      });
  }

  #recordsAt(name: string, type: string): string[] {
    return [...this.zones.values()]
      .flat()
      .filter((set) => set.Name?.replace(/\.$/, '') === name && set.Type === type)
      .flatMap(({ AliasTarget, ResourceRecords = [] }) =>
        AliasTarget ? ['198.51.100.7'] : ResourceRecords.map(({ Value = '' }) => Value),
      );
  }

  sees(name: string): boolean {
    return this.world.has(name) || ['A', 'CNAME'].some((type) => this.#recordsAt(name, type).length > 0);
  }

  readonly dns: WorldDns = {
    cname: async (name) => [...this.#recordsAt(name, 'CNAME'), ...(this.world.get(name)?.cname ?? '').split(' ').filter(Boolean)],
    addresses: async (name) => [...this.#recordsAt(name, 'A'), ...(this.world.get(name)?.addresses ?? [])],
    txt: async (name) => [...this.#recordsAt(name, 'TXT').map((text) => text.replaceAll('"', '')), ...(this.world.get(name)?.txt ?? [])],
    mx: async (name) => [
      ...this.#recordsAt(name, 'MX').map((value) => {
        const [priority, exchange = ''] = value.split(' ');
        return { priority: Number(priority), exchange };
      }),
      ...(this.world.get(name)?.mx ?? []),
    ],
    isApex: async (name) => this.zones.has(name) || (this.world.get(name)?.apex ?? false),
  };
}
