export type MadeUp = { setting: string; value: string };

/** Domains that nobody can own (RFC 2606, RFC 6761). */
const reservedDomain = /(^|\.)example\.(com|net|org)$|\.(example|test|invalid|localhost)$/i;
/** Accounts in AWS's documentation, and the certificate that ships with `cdk.json`. */
const documentedCertificate = /:(111122223333|123456789012|444455556666):|:certificate\/[0-]+$/;
/** What ships with `cdk.json` and has no form that gives it away. */
const shippedTexts = ['示例出版有限公司', '上海市示例路 1 号，200000'];

/**
 * The settings that are examples: with them a stack would send in the name of nobody, from a domain that nobody owns. The local
 * run and the tests use them, a deployment must not.
 */
export function madeUpSettings(settings: unknown): MadeUp[] {
  return textsIn(settings).filter(({ value }) => isMadeUp(value));
}

const isMadeUp = (value: string) => shippedTexts.includes(value) || documentedCertificate.test(value) || reservedDomain.test(hostOf(value));

/** The host in an address of the web or of mail; else the text itself, which may be a host. */
const hostOf = (value: string) => (URL.canParse(value) ? new URL(value).hostname : value.slice(value.lastIndexOf('@') + 1));

function textsIn(value: unknown, path: string[] = []): MadeUp[] {
  if (typeof value === 'string') return [{ setting: path.join('.'), value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, [...path, key]));
}
