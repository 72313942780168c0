import type { Template } from './template.ts';

/** What a template's references mean on this machine. */
export interface References {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  pseudo(name: string): unknown;
}

type Resolve = (value: unknown) => unknown;

/** The value of `AWS::NoValue`: a property with this value is left out. */
const noValue = Symbol('AWS::NoValue');

/**
 * Computes CloudFormation's intrinsic functions. One it does not know is an error, because a template that is only
 * half understood would run as something else than what is deployed.
 */
export class Intrinsics {
  readonly #template: Template;
  readonly #references: References;

  constructor(template: Template, references: References) {
    this.#template = template;
    this.#references = references;
  }

  resolve(value: unknown): unknown {
    const resolved = this.#resolve(value);
    return resolved === noValue ? undefined : resolved;
  }

  condition(name: string): boolean {
    const definition = this.#template.Conditions?.[name];
    if (definition === undefined) throw new Error(`The template has no condition ${name}.`);
    return this.#holds(definition);
  }

  #resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.#resolve(entry)).filter((entry) => entry !== noValue);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) return this.#call(first[0], first[1]);
    return Object.fromEntries(entries.map(([key, entry]) => [key, this.#resolve(entry)]).filter(([, entry]) => entry !== noValue));
  }

  #call(name: string, argument: unknown): unknown {
    const resolve: Resolve = (value) => this.#resolve(value);
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument));
      case 'Fn::GetAtt': {
        const [logicalId = '', ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
        return this.#references.attribute(logicalId, attribute.join('.'));
      }
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown];
        return (resolve(parts) as unknown[]).join(separator);
      }
      case 'Fn::Sub':
        return this.#substitute(argument);
      case 'Fn::Select': {
        const [index, list] = argument as [unknown, unknown];
        const chosen = (resolve(list) as unknown[])[Number(resolve(index))];
        if (chosen === undefined) throw new Error(`Fn::Select finds nothing at ${String(resolve(index))}.`);
        return chosen;
      }
      case 'Fn::Split': {
        const [separator, text] = argument as [string, unknown];
        return String(resolve(text)).split(separator);
      }
      case 'Fn::Base64':
        return Buffer.from(String(resolve(argument))).toString('base64');
      case 'Fn::If': {
        const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown];
        return resolve(this.condition(condition) ? whenTrue : whenFalse);
      }
      case 'Fn::FindInMap': {
        const [map = '', top = '', second = ''] = (argument as unknown[]).map((key) => String(resolve(key)));
        return this.#template.Mappings?.[map]?.[top]?.[second];
      }
      default:
        throw new Error(`The local run does not know the intrinsic function ${name}.`);
    }
  }

  #ref(name: string): unknown {
    if (name === 'AWS::NoValue') return noValue;
    if (name.startsWith('AWS::')) return this.#references.pseudo(name);
    const parameter = this.#template.Parameters?.[name];
    if (!parameter) return this.#references.ref(name);
    if (parameter.Default === undefined) throw new Error(`The template's parameter ${name} has no default.`);
    return parameter.Default;
  }

  #substitute(argument: unknown): string {
    const [pattern, values] = Array.isArray(argument) ? (argument as [string, Record<string, unknown>]) : [String(argument), {}];
    return pattern.replace(/\$\{(!?)([^{}]+)\}/g, (_match, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in values) return String(this.#resolve(values[name]));
      const [logicalId = '', ...attribute] = name.split('.');
      return String(attribute.length > 0 ? this.#references.attribute(logicalId, attribute.join('.')) : this.#ref(name));
    });
  }

  #holds(condition: unknown): boolean {
    const [name, argument] = Object.entries(condition as Record<string, unknown>)[0] ?? [];
    const all = () => argument as unknown[];
    switch (name) {
      case 'Condition':
        return this.condition(String(argument));
      case 'Fn::Equals':
        return this.#resolve(all()[0]) === this.#resolve(all()[1]);
      case 'Fn::Not':
        return !this.#holds(all()[0]);
      case 'Fn::And':
        return all().every((part) => this.#holds(part));
      case 'Fn::Or':
        return all().some((part) => this.#holds(part));
      default:
        throw new Error(`The local run does not know the condition ${name}.`);
    }
  }
}
