/** A synthesised CloudFormation template, as far as the local run reads it. */
export type Template = {
  Parameters?: Record<string, { Default?: unknown }>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, TemplateResource>;
};

export type TemplateResource = {
  Type: string;
  Condition?: string;
  Properties?: Record<string, unknown>;
};

/** A template with the folders its functions' code was bundled into, by the key the template gives them. */
export type SynthesisedApp = { template: Template; assetFolder: (s3Key: string) => string };

/** A resource with its intrinsics resolved. */
export type Resource = { logicalId: string; type: string; properties: Properties };

export type Properties = { readonly [name: string]: unknown };

/** Reads properties by shape; what is missing or of another kind is `undefined` and the caller says what that means. */
export const read = {
  text: (from: unknown, name: string): string | undefined => {
    const value = property(from, name);
    return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  },
  number: (from: unknown, name: string): number | undefined => {
    const value = property(from, name);
    return value === undefined || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
  },
  object: (from: unknown, name: string): Properties => {
    const value = property(from, name);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};
  },
  list: (from: unknown, name: string): readonly unknown[] => {
    const value = property(from, name);
    return Array.isArray(value) ? value : [];
  },
  texts: (from: unknown, name: string): string[] => read.list(from, name).map(String),
};

const property = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[name] : undefined;
