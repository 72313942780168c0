import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type StoredItem = Record<string, AttributeValue>;

/** DynamoDB's type mark of a value: `S`, `N`, `SS` … */
export const typeOf = (value: AttributeValue) => Object.keys(value)[0] as string;

const setTypes = ['SS', 'NS', 'BS'] as const;
export type SetType = (typeof setTypes)[number];
export const isSetType = (type: string): type is SetType => (setTypes as readonly string[]).includes(type);

/** What DynamoDB's ValidationException says of an expression that cannot be carried out. */
export class InvalidRequest extends Error {
  override readonly name = 'ValidationException';
  readonly $metadata = { httpStatusCode: 400 };
}

/** Below, equal or above; undefined where DynamoDB does not compare: other types, and all that are no string, number or binary. */
export function compare(a: AttributeValue | undefined, b: AttributeValue | undefined): number | undefined {
  if (a?.S !== undefined && b?.S !== undefined) return compareText(a.S, b.S);
  if (a?.N !== undefined && b?.N !== undefined) return Math.sign(Number(a.N) - Number(b.N));
  if (a?.B !== undefined && b?.B !== undefined) return Buffer.compare(a.B, b.B);
  return undefined;
}

/** By UTF-8 bytes, which for text differs from JavaScript's batch only beyond the basic plane. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return /[\ud800-\udfff]/.test(a + b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : 1;
}

export function equal(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [type, other] = [typeOf(a), typeOf(b)];
  if (type !== other) return false;
  const compared = compare(a, b);
  return compared === undefined ? canonical(a) === canonical(b) : compared === 0;
}

/** One text for equal values: sets have no batch, numbers many spellings. */
function canonical(value: AttributeValue): string {
  const type = typeOf(value);
  if (isSetType(type)) return `${type}:${members(value, type).map(memberName).sort().join(',')}`;
  if (value.N !== undefined) return `N:${Number(value.N)}`;
  if (value.B !== undefined) return `B:${Buffer.from(value.B).toString('base64')}`;
  if (value.M)
    return `M:${JSON.stringify(
      Object.keys(value.M)
        .sort()
        .map((key) => [key, canonical(value.M?.[key] as AttributeValue)]),
    )}`;
  if (value.L) return `L:${JSON.stringify(value.L.map(canonical))}`;
  return JSON.stringify(value);
}

export type Member = string | Uint8Array;
export const members = (value: AttributeValue, type: SetType): readonly Member[] => value[type as keyof AttributeValue] as never;
export const memberName = (member: Member) => (typeof member === 'string' ? member : Buffer.from(member).toString('base64'));
export const setOf = (type: SetType, of: readonly Member[]) => ({ [type]: [...of] }) as unknown as AttributeValue;
