import { needs, requireNeed } from '../access/need.ts';
import type { Actor, Principal } from '../access/principal.ts';
import { keys } from '../platform/keys.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Table } from '../platform/table.ts';
import { type HistoryEntry, IssueMeta } from './issue.ts';
import { changesSince, issueHistory, keepEntry } from './issue-history.ts';

/**
 * Who changes an issue. `version` is the one they had before their eyes: with another one nothing changes. Without a name
 * no entry of the history is written: so the system itself goes about it.
 */
export type Editor = {
  by?: Actor;
  /** What they may do: who writes issues changes drafts, and what is on its way to readers takes who may send. */
  principal?: Principal;
  version?: number;
  /** The text that a preflight let pass: another one is not what goes out. */
  checked?: Pick<IssueMeta, 'version' | 'contentHash'>;
};

/** What to write into META: fields to set, and fields to take away. */
export type Change = {
  did: HistoryEntry['did'];
  detail?: string;
  set: Readonly<Record<string, unknown>>;
  remove?: readonly (keyof IssueMeta)[];
  /** Pointers that must be there before META is changed; it may give further fields. */
  first?: () => Promise<Readonly<Record<string, unknown>> | undefined>;
};

export type ChangeRequest = { slug: string; now: Date; editor: Editor | undefined };

/**
 * One editor's change of an issue. `decide` looks at the stored issue and says what to write, or which word to answer.
 * Written only on the version and state that were looked at: when somebody was quicker, `decide` looks again. The same
 * editor's same change on the same version is a double click, and done already.
 * @throws Refusal `changed_meanwhile` with what happened since the editor looked; `replaced_meanwhile` if it is not the text that was checked; `forbidden` or `scope_missing`, unless it is a draft
 */
export async function changeIssue<Answer extends string>(
  table: Table,
  request: ChangeRequest,
  decide: (meta: IssueMeta) => Change | Answer,
): Promise<{ before: IssueMeta; meta: IssueMeta } | Answer | 'not_found'> {
  const { slug, now, editor = {} } = request;
  for (;;) {
    const item = await table.get(keys.issue(slug));
    if (!item || item.deletedAt) return 'not_found';
    const before = IssueMeta.parse(item);
    // The write below is conditional on this state, so a draft that is queued meanwhile is looked at again.
    if (editor.principal && before.state !== 'draft') requireNeed(editor.principal, needs.send);
    const decided = decide(before);
    await refuseIfChanged(table, before, editor, typeof decided === 'string' ? undefined : decided.did);
    if (typeof decided === 'string') return decided;
    const version = before.version + 1;
    const { did, detail } = decided;
    const fields = { ...decided.set, ...(await decided.first?.()) };
    const entry = editor.by ? { at: now.toISOString(), by: editor.by, did, ...(detail && { detail }), version } : undefined;
    // The entry before might be known to META alone.
    if (entry) await keepEntry(table, slug, before.lastChange);
    const written = await write(table, before, { ...decided, set: { ...fields, version, ...(entry && { lastChange: entry }) } }, now);
    if (!written) continue;
    await keepEntry(table, slug, entry);
    return { before, meta: written };
  }
}

async function refuseIfChanged(table: Table, meta: IssueMeta, editor: Editor, did: HistoryEntry['did'] | undefined) {
  const { slug, version } = meta;
  const seen = staleVersion(meta, editor, did);
  const checked = did === undefined ? undefined : replacedSince(meta, editor);
  const before = seen ?? checked;
  if (before === undefined) return;
  const changes = changesSince(await issueHistory(table, slug, meta.lastChange), before, meta);
  const errors = changes.map((message) => ({ path: 'version', message }));
  if (seen === undefined) throw new Refusal('replaced_meanwhile', { slug }, { errors });
  throw new Refusal('changed_meanwhile', { slug, seen, now: version }, { errors });
}

/**
 * The version that was checked, when it is another text now. Pictures that were kept meanwhile change the content and leave the version
 * alone: it is still the text that was checked.
 */
const replacedSince = ({ version, contentHash }: IssueMeta, { checked }: Editor) =>
  checked && checked.contentHash !== contentHash && checked.version !== version ? checked.version : undefined;

/** The version that was seen, when it is no longer the issue's. */
function staleVersion({ version, lastChange }: IssueMeta, editor: Editor, did: HistoryEntry['did'] | undefined) {
  const { by } = editor;
  if (editor.version === undefined || editor.version === version) return undefined;
  const ownClick = did === undefined && by !== undefined && lastChange?.by.id === by.id && lastChange.version === version;
  return ownClick ? undefined : editor.version;
}

async function write(table: Table, { slug, state, version }: IssueMeta, { set, remove = [] }: Change, now: Date) {
  const fields = Object.entries({ ...set, updatedAt: now.toISOString() }).filter(([, value]) => value !== undefined);
  const names = [...fields.map(([field]) => field), ...remove, 'state', 'version'];
  const item = await table.update(keys.issue(slug), {
    set: `SET ${fields.map(([field]) => `#${field} = :${field}`).join(', ')}${remove.length > 0 ? ` REMOVE ${remove.map((field) => `#${field}`).join(', ')}` : ''}`,
    condition:
      'attribute_exists(pk) AND attribute_not_exists(deletedAt) AND #state = :wasState AND (attribute_not_exists(#version) OR #version = :wasVersion)',
    names: Object.fromEntries(names.map((field) => [`#${field}`, field])),
    values: {
      ...Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
      ':wasState': state,
      ':wasVersion': version,
    },
  });
  return item && IssueMeta.parse(item);
}
