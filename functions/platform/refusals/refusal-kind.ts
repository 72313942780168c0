/** What a code of refusal means: its HTTP status, and its sentence in English for logs and for programs. */
export type RefusalKind = { status: number; detail: (values: never) => string };

/** A size in bytes as a person says it. */
export const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
