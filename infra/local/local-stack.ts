import { Intrinsics } from './intrinsics.ts';
import type { Identity, Place } from './resource-types.ts';
import { resourceType } from './resource-types.ts';
import type { Resource, Template } from './template.ts';

/**
 * The resources of one template as this machine names them. Names follow from the template alone, so a reference
 * resolves whether or not the thing it names has been made yet, and the same data is found again after a restart.
 */
export class LocalStack {
  readonly place: Place;
  readonly #template: Template;
  readonly #intrinsics: Intrinsics;
  readonly #resources = new Map<string, Resource>();
  readonly #identities = new Map<string, Identity>();

  constructor(template: Template, place: Place) {
    this.place = place;
    this.#template = template;
    this.#intrinsics = new Intrinsics(template, {
      ref: (logicalId) => this.identity(logicalId).ref,
      attribute: (logicalId, name) => this.#attribute(logicalId, name),
      pseudo: (name) => this.#pseudo(name),
    });
    for (const [logicalId, { Type }] of Object.entries(template.Resources)) resourceType(Type, logicalId);
  }

  /** All resources of a type that the template's conditions leave in. */
  ofType(type: string): Resource[] {
    return Object.entries(this.#template.Resources)
      .filter(([, { Type, Condition }]) => Type === type && (Condition === undefined || this.#intrinsics.condition(Condition)))
      .map(([logicalId]) => this.resource(logicalId));
  }

  resource(logicalId: string): Resource {
    const known = this.#resources.get(logicalId);
    if (known) return known;
    const definition = this.#template.Resources[logicalId];
    if (!definition) throw new Error(`The template refers to ${logicalId} but does not define it.`);
    const properties = this.#asReached(this.#intrinsics.resolve(definition.Properties ?? {})) as Resource['properties'];
    const resource = { logicalId, type: definition.Type, properties };
    this.#resources.set(logicalId, resource);
    return resource;
  }

  identity(logicalId: string): Identity {
    const known = this.#identities.get(logicalId);
    if (known) return known;
    const definition = this.#template.Resources[logicalId];
    if (!definition) throw new Error(`The template refers to ${logicalId} but does not define it.`);
    const identity = resourceType(definition.Type, logicalId).identity(logicalId, this.#namesOf(definition.Properties ?? {}), this.place);
    this.#identities.set(logicalId, identity);
    return identity;
  }

  /**
   * Only the plain names among the properties: an identity never needs more, and resolving all of them would follow
   * every reference of a resource just to name it.
   */
  #namesOf(properties: Record<string, unknown>): Record<string, unknown> {
    const names = Object.entries(properties).filter(([name]) => /Name$|^Domain$|^EmailIdentity$/.test(name));
    return Object.fromEntries(names.map(([name, value]) => [name, this.#intrinsics.resolve(value)]));
  }

  #attribute(logicalId: string, name: string): string {
    const value = this.identity(logicalId).attributes[name];
    if (value !== undefined) return value;
    throw new Error(`The local run does not know the attribute ${name} of ${logicalId}: add it to infra/local/resource-types.ts.`);
  }

  #pseudo(name: string): unknown {
    const values: Record<string, unknown> = {
      'AWS::Region': this.place.region,
      'AWS::AccountId': this.place.accountId,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': 'Periodical',
      'AWS::StackId': `arn:aws:cloudformation:${this.place.region}:${this.place.accountId}:stack/Periodical/local`,
      'AWS::NotificationARNs': [],
    };
    if (!(name in values)) throw new Error(`The local run does not know the pseudo parameter ${name}.`);
    return values[name];
  }

  /**
   * The only translation of what the template says: addresses of the distribution, of the sign-in domain and of the user
   * pool's keys become the ones that answer here, because there is no certificate for `localhost`.
   */
  #asReached(value: unknown): unknown {
    if (typeof value === 'string') {
      const { distributionDomain } = this.place;
      return value
        .replaceAll(`https://${distributionDomain}`, `http://${distributionDomain}`)
        .replace(/https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com(\/[\w-]+\/\.well-known\/)/g, `http://${distributionDomain}/_local/issuer$1`)
        .replace(/https:\/\/[\w-]+\.auth\.[\w-]+\.amazoncognito\.com/g, `http://${distributionDomain}/_local/issuer`);
    }
    if (Array.isArray(value)) return value.map((entry) => this.#asReached(entry));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.#asReached(entry)]));
    return value;
  }
}
