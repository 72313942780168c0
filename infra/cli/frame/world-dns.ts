import { Resolver } from 'node:dns/promises';
import { CliError, cannot } from './cli-error.ts';

/** What the DNS of the world says of a name; empty where there is nothing. Names have no dot at their end. */
export type WorldDns = {
  cname(name: string): Promise<string[]>;
  addresses(name: string): Promise<string[]>;
  txt(name: string): Promise<string[]>;
  mx(name: string): Promise<{ priority: number; exchange: string }[]>;
  /** Whether a zone begins at this name: it then has records of its own, and cannot be a CNAME. */
  isApex(name: string): Promise<boolean>;
};

/** Resolvers that everybody can ask, one of them in China: what a machine's own resolver says may be old, or only true in its office. */
const publicResolvers = ['1.1.1.1', '223.5.5.5', '8.8.8.8'];

export function worldDns(): WorldDns {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  resolver.setServers(publicResolvers);
  const cname = (name: string) => orNone(name, resolver.resolveCname(name));
  return {
    cname,
    addresses: async (name) => [...(await orNone(name, resolver.resolve4(name))), ...(await orNone(name, resolver.resolve6(name)))],
    txt: async (name) => (await orNone(name, resolver.resolveTxt(name))).map((parts) => parts.join('')),
    mx: (name) => orNone(name, resolver.resolveMx(name)),
    // Of a CNAME the answer has the name servers of what it points to.
    isApex: async (name) => (await cname(name)).length === 0 && (await orNone(name, resolver.resolveNs(name))).length > 0,
  };
}

/**
 * A name that is not there, or has no such record, is an answer; a resolver that cannot be reached is none.
 * @throws CliError `dns_not_reached`
 */
async function orNone<Answer>(name: string, asked: Promise<Answer[]>): Promise<Answer[]> {
  try {
    return await asked;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (['ENOTFOUND', 'ENODATA'].includes(code)) return [];
    throw cannot('dns_not_reached', { name, fault: code }, { cause: error });
  }
}

/** The answer, or undefined where the DNS cannot be asked. */
export async function unlessNotReached<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CliError && error.code === 'dns_not_reached') return undefined;
    throw error;
  }
}
