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
import type { Settings } from '../functions/platform/settings.ts';
import type { NewsletterFunction } from './constructs/newsletter-function.ts';

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
export const mailFromOf = (domain: string) => `bounce.${domain}`;

/** SES: an identity per sender's domain, and a configuration set whose events are the evidence of what became of each mail. */
export class Sender extends Construct {
  readonly identities: ReadonlyMap<string, EmailIdentity>;
  readonly events: Topic;
  readonly #configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { sender, confirmationSender }: Settings) {
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
    const domains = [...new Set([sender.address, confirmationSender.address].map(domainOf))];
    this.identities = new Map(domains.map((domain, n) => [domain, this.#identity(`Identity${n + 1}`, domain)]));
  }

  /** One function may send under one address, with this configuration set, and read the quota that paces it. */
  letSend(worker: NewsletterFunction, address: string) {
    const identity = this.identities.get(domainOf(address));
    if (!identity) throw new Error(`${address} belongs to no identity of this stack`);
    worker.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ses:SendRawEmail'],
        resources: [identity.emailIdentityArn, this.#configurationSetArn()],
        conditions: { StringEquals: { 'ses:FromAddress': address } },
      }),
    );
    worker.tell('CONFIGURATION_SET', this.#configurationSet.configurationSetName);
  }

  letReadQuota(worker: NewsletterFunction) {
    worker.allow(['ses:GetSendQuota'], '*');
    Validations.of(worker.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'ses:GetSendQuota reads three numbers of the account and has no resource type to narrow it to (Service Authorization Reference, Amazon SES).',
    });
  }

  #identity(id: string, domain: string) {
    return new EmailIdentity(this, id, {
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
      resourceName: this.#configurationSet.configurationSetName,
    });
  }
}
