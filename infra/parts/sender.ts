import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetEventDestination,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Settings } from '../../functions/settings/settings.ts';
import type { NewsletterFunction } from '../constructs/newsletter-function.ts';
import { domainOf } from '../domain-of.ts';

/** A place in the template by domain: if one changes or two are exchanged, CloudFormation never makes one that SES has already. */
const idOf = (domain: string) => `Identity ${domain}`;
export const mailFromOf = (domain: string) => `bounce.${domain}`;

/** SES: an identity per sender's domain, and a configuration set whose events are the evidence of what became of each mail. */
export class Sender extends Construct {
  /** The identities that this stack makes, by domain. Those that SES had before are not among them. */
  readonly identities: ReadonlyMap<string, EmailIdentity>;
  readonly events: Topic;
  readonly #configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { sender, confirmationSender, existing }: Settings) {
    super(scope, id);
    this.#configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      reputationMetrics: true,
      // Of bounces we judge ourselves: SES would put readers whom a provider blocks on the account's list, and drop their mail.
      suppressionReasons: SuppressionReasons.COMPLAINTS_ONLY,
    });
    // No key: SES may not use the AWS-managed one and then drops events without a word. The queue behind is encrypted.
    this.events = new Topic(this, 'Events', { enforceSSL: true });
    new ConfigurationSetEventDestination(this, 'EventDestination', {
      configurationSet: this.#configurationSet,
      destination: EventDestination.snsTopic(this.events),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    });
    const domains = new Set([sender.address, confirmationSender.address].map(domainOf));
    this.identities = new Map([...domains.difference(new Set(existing.identities))].map((domain) => [domain, this.#identity(domain)]));
  }

  get configurationSetName(): string {
    return this.#configurationSet.configurationSetName;
  }

  /**
   * One function may send under one address, with this configuration set. While the account is in SES's sandbox, SES asks for permission
   * to use the recipient's identity as well, which is any that somebody has verified: so the sender's address is what narrows it.
   */
  letSend(worker: NewsletterFunction, address: string) {
    worker.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ses:SendRawEmail'],
        resources: [Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' }), this.#configurationSetArn()],
        conditions: { StringEquals: { 'ses:FromAddress': address } },
      }),
    );
    Validations.of(worker.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
      reason:
        'In its sandbox SES also asks for the identity of the recipient, which can be any; the condition on ses:FromAddress leaves one sender.',
    });
    worker.tell('CONFIGURATION_SET', this.configurationSetName);
  }

  letReadQuota(worker: NewsletterFunction) {
    worker.allow(['ses:GetSendQuota'], '*');
    Validations.of(worker.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'ses:GetSendQuota reads three numbers of the account and has no resource type to narrow it to (Service Authorization Reference, Amazon SES).',
    });
  }

  #identity(domain: string) {
    return new EmailIdentity(this, idOf(domain), {
      identity: Identity.domain(domain),
      configurationSet: this.#configurationSet,
      mailFromDomain: mailFromOf(domain),
      // Bounces come as events; without this SES would mail each of them to the editors as well.
      feedbackForwarding: false,
    });
  }

  #configurationSetArn() {
    return Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSetName,
    });
  }
}
