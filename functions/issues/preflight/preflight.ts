/**
 * Something about an issue that an editor should know before it goes out. `code` is stable; `line` is of the file, `path` a
 * place in the structure such as `sections.2.items.0`.
 */
export type Finding = { code: string; message: string; line?: number | undefined; path?: string | undefined };

/** What stands against an issue as a mail: errors keep it from being queued, warnings do not. `bytes` of the filled HTML. */
export type Preflight = { errors: Finding[]; warnings: Finding[]; bytes: { html: number; budget: number } };
