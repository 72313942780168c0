import { keys } from '../platform/keys.ts';
import type { Table } from '../platform/table.ts';
import { type HistoryEntry, type IssueContent, IssueMeta, type IssueState } from './issue.ts';
import { type Change, changeIssue, type Editor } from './issue-changes.ts';
import { forgetContents, moveContent, savedContent } from './issue-contents.ts';
import { giveBack, markSent, release, takeForDigest } from './issue-digest.ts';
import { issueHistory, keepEntry } from './issue-history.ts';
import { archivePast, archivePublished, type IssuePage, issuePage, type PageRequest } from './issue-pages.ts';
import { markedIssues, markQueued, unmark, unmarkLeft } from './issue-queue.ts';
import { type DueIssue, dueIssues, forgetScheduled, markScheduled, takeScheduled } from './issue-schedule.ts';
import { similarIssues } from './similar-issues.ts';
import { slugOfBytes, storeUpload } from './store-upload.ts';

/** `sourceHash`: SHA-256 of the uploaded bytes, hex. */
export type Upload = { content: IssueContent; sourceHash: string; source?: string | undefined; now: Date; editor?: Editor };

/**
 * Issues: what their files say, and their life `draft → queued | scheduled → sending → sent`. META is the truth; lists, queue and
 * schedule only point at it and are written first. What editors do is kept with their names, and done to the version they saw.
 */
export class IssueStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** A new issue as a draft. The same bytes again are the same issue; other bytes under a slug in use change nothing. */
  async add(upload: Upload): Promise<{ answer: 'created' | 'same' | 'slug_taken'; meta: IssueMeta }> {
    const { content, sourceHash, now, editor } = upload;
    const same = await this.#madeOf(sourceHash);
    if (same) return { answer: 'same', meta: same };
    const holder = await this.#table.get(keys.issue(content.slug));
    if (holder) return { answer: 'slug_taken', meta: IssueMeta.parse(holder) };
    const time = now.toISOString();
    // A slug that was in use before goes on counting: a version names one state of it, ever.
    const [latest] = await issueHistory(this.#table, content.slug);
    const version = (latest?.version ?? 0) + 1;
    const lastChange = editor?.by ? { at: time, by: editor.by, did: 'uploaded' as const, version } : undefined;
    const life = {
      state: 'draft' as const,
      version,
      unlisted: content.unlisted ?? false,
      topics: content.topics ?? [],
      createdAt: time,
      updatedAt: time,
    };
    const meta: IssueMeta = { ...(await storeUpload(this.#table, upload)), ...life, ...(lastChange && { lastChange }) };
    const created = await this.#table.put({ ...keys.issue(meta.slug), ...meta }, { expression: 'attribute_not_exists(pk)' });
    // Another upload was quicker: what it made decides the answer.
    if (!created) return this.add(upload);
    await keepEntry(this.#table, meta.slug, lastChange);
    return { answer: 'created', meta };
  }

  /**
   * New content for the issue `content.slug`, whatever its state; a digest keeps the content it froze. An override was
   * for the text that stood there, and goes with it. The same bytes again change nothing.
   */
  async replace(upload: Upload): Promise<IssueMeta | undefined> {
    const { content, sourceHash, now, editor } = upload;
    const slug = content.slug;
    const stored = await storeUpload(this.#table, upload);
    const changed = await this.#change<'same'>(slug, now, editor, (meta) =>
      meta.sourceHash === sourceHash && meta.contentHash === stored.contentHash
        ? 'same'
        : {
            did: 'replaced',
            set: { ...stored, unlisted: content.unlisted ?? meta.unlisted, topics: content.topics ?? meta.topics },
            remove: content.canonical ? ['override'] : ['override', 'canonical'],
          },
    );
    if (changed === 'not_found') return undefined;
    const replaced = changed === 'same' ? await this.get(slug) : changed.meta;
    if (replaced?.publishedAt) await this.#table.put(keys.archivedIssue(replaced.date, replaced.slug));
    return replaced;
  }

  /** The same issue with its pictures elsewhere, whatever its state; false when it has been replaced meanwhile. */
  setImages(content: IssueContent, from: string): Promise<boolean> {
    return moveContent(this.#table, content, from);
  }

  async get(slug: string): Promise<IssueMeta | undefined> {
    const item = await this.#table.get(keys.issue(slug));
    return item && !item.deletedAt ? IssueMeta.parse(item) : undefined;
  }

  /** A sent issue that was deleted: its pages answer 410, not 404. */
  async isGone(slug: string): Promise<boolean> {
    return (await this.#table.get(keys.issue(slug)))?.deletedAt !== undefined;
  }

  content(slug: string, contentHash: string): Promise<IssueContent | undefined> {
    return savedContent(this.#table, slug, contentHash);
  }

  /** Who did what to it when, newest first. */
  history({ slug, lastChange }: Pick<IssueMeta, 'slug' | 'lastChange'>): Promise<HistoryEntry[]> {
    return issueHistory(this.#table, slug, lastChange);
  }

  /** Keeps what an editor did that changes nothing about the issue itself. */
  async note(slug: string, { now, by, did, detail }: Pick<HistoryEntry, 'by' | 'detail'> & { now: Date; did: 'tested' }): Promise<void> {
    const meta = await this.get(slug);
    if (meta) await keepEntry(this.#table, slug, { at: now.toISOString(), by, did, detail, version: meta.version });
  }

  /** All issues by date, newest first. */
  list(page: PageRequest): Promise<IssuePage> {
    return issuePage(this.#table, keys.listedIssue('', '').pk, page, () => true);
  }

  /** What readers may see and find, newest first. */
  archived(page: PageRequest): Promise<IssuePage> {
    return issuePage(this.#table, keys.archivedIssue('', '').pk, page, (meta) => meta.publishedAt !== undefined && !meta.unlisted);
  }

  /** The living issues of this number, and those of this date: a few, whose text may be compared. */
  similarTo(content: Pick<IssueContent, 'number' | 'date'>): Promise<IssueMeta[]> {
    return similarIssues(this.#table, content);
  }

  /** In the archive from now on: called when SES has taken the first mail of its digest. */
  archive({ slug }: { slug: string }, now = new Date()): Promise<void> {
    return archivePublished(this.#table, slug, now);
  }

  /** A draft that went out elsewhere: into the archive under its own date, and never into a mail. */
  archivePast(slug: string, now: Date, editor?: Editor): Promise<'archived' | 'wrong_state' | 'not_found'> {
    return archivePast(this.#table, { slug, now, editor });
  }

  /** Into the next weekly digest. */
  async queue(slug: string, now: Date, editor?: Editor): Promise<'queued' | 'already_queued' | 'wrong_state' | 'not_found'> {
    const changed = await this.#change<'already_queued' | 'wrong_state'>(slug, now, editor, ({ state }) => {
      if (state === 'queued') return 'already_queued';
      if (state !== 'draft') return 'wrong_state';
      return { did: 'queued', set: { state: 'queued' }, first: async () => ({ marker: await markQueued(this.#table, slug) }) };
    });
    return typeof changed === 'string' ? changed : 'queued';
  }

  /** Out of the queue, or off the schedule: a draft again. */
  async unqueue(slug: string, now: Date, editor?: Editor): Promise<'unqueued' | 'not_queued' | 'not_found'> {
    let marker: unknown;
    const changed = await this.#change<'not_queued'>(slug, now, editor, ({ state }) => {
      if (state === 'scheduled') return { did: 'unscheduled', set: { state: 'draft' }, remove: ['scheduledFor'] };
      if (state !== 'queued') return 'not_queued';
      const first = async () => {
        marker = await this.#markerOf(slug);
        return undefined;
      };
      return { did: 'unqueued', set: { state: 'draft' }, first };
    });
    if (typeof changed === 'string') return changed;
    await this.#leave(changed.before, marker);
    return 'unqueued';
  }

  /** To go out alone at a moment; another moment moves it. */
  async schedule(slug: string, at: Date, now: Date, editor?: Editor): Promise<'scheduled' | 'wrong_state' | 'not_found'> {
    const time = at.toISOString();
    let marker: unknown;
    const changed = await this.#change<'scheduled' | 'wrong_state'>(slug, now, editor, ({ state, scheduledFor }) => {
      if (state === 'scheduled' && scheduledFor === time) return 'scheduled';
      if (state === 'sending' || state === 'sent') return 'wrong_state';
      const first = async () => {
        marker = await this.#markerOf(slug);
        await markScheduled(this.#table, { slug, time });
        return undefined;
      };
      return { did: 'scheduled', detail: time, set: { state: 'scheduled', scheduledFor: time }, first };
    });
    if (typeof changed === 'string') return changed;
    await this.#leave(changed.before, marker);
    return 'scheduled';
  }

  /** Into a digest of its own at once. The marker stays until that digest is on its way, so a crash here delays it by a minute. */
  async sendNow(slug: string, digestId: string, now: Date, editor?: Editor): Promise<'sending' | 'wrong_state' | 'not_found'> {
    const time = now.toISOString();
    const changed = await this.#change<'wrong_state'>(slug, now, editor, ({ state }) => {
      if (state === 'sending' || state === 'sent') return 'wrong_state';
      const set = { state: 'sending', takenFrom: state, digestId, scheduledFor: time };
      return { did: 'sent_now', set, first: async () => markScheduled(this.#table, { slug, time }) };
    });
    if (typeof changed === 'string') return changed;
    if (changed.before.state === 'scheduled') await this.#leave(changed.before, undefined);
    return 'sending';
  }

  /** Out of all lists, or into them again. */
  setUnlisted(slug: string, unlisted: boolean, now: Date, editor?: Editor): Promise<'changed' | 'same' | 'not_found'> {
    const change: Change = { did: unlisted ? 'unlisted' : 'listed', set: { unlisted } };
    return this.#set(slug, now, editor, (meta) => (meta.unlisted === unlisted ? 'same' : change));
  }

  /** For the readers of these topics, or for everybody; what a digest froze stays as it was. */
  setTopics(slug: string, topics: readonly string[], now: Date, editor?: Editor): Promise<'changed' | 'same' | 'not_found'> {
    const change: Change = { did: 'topics', detail: topics.join(', '), set: { topics } };
    return this.#set(slug, now, editor, (meta) => (meta.topics.join() === topics.join() ? 'same' : change));
  }

  async #set(slug: string, now: Date, editor: Editor | undefined, decide: (meta: IssueMeta) => Change | 'same') {
    const changed = await this.#change<'same'>(slug, now, editor, decide);
    return typeof changed === 'string' ? changed : 'changed';
  }

  /** Lets an issue go out although the preflight found an error in its present text. Undefined: no such issue. */
  async override(slug: string, reason: string, now: Date, editor: Editor & Pick<HistoryEntry, 'by'>): Promise<IssueMeta | undefined> {
    const override = { reason, by: editor.by };
    const changed = await this.#change<'same'>(slug, now, editor, ({ override: known }) =>
      known?.reason === reason && known.by.id === editor.by.id ? 'same' : { did: 'overrode', detail: reason, set: { override } },
    );
    if (changed === 'not_found') return undefined;
    return changed === 'same' ? this.get(slug) : changed.meta;
  }

  /** What was to go out by now, also if somebody has begun with it. */
  due(now: Date): Promise<DueIssue[]> {
    return dueIssues(this.#table, now);
  }

  takeScheduled(due: DueIssue, digestId: string): Promise<IssueMeta | undefined> {
    return takeScheduled(this.#table, due, digestId);
  }

  forgetScheduled(due: DueIssue): Promise<void> {
    return forgetScheduled(this.#table, due);
  }

  /** What the next weekly digest will take, oldest first. */
  async queued(): Promise<IssueMeta[]> {
    const queued = (await this.marked()).filter((meta) => meta.state === 'queued');
    return queued.sort((a, b) => a.date.localeCompare(b.date) || a.slug.localeCompare(b.slug));
  }

  /** Every issue with a queue marker that is not sent: also those that a digest took and has not frozen yet. */
  marked(): Promise<IssueMeta[]> {
    return markedIssues(this.#table);
  }

  /** Takes the marker of an issue that has left the queue; the marker of one that was queued again stays. */
  unmarkQueued(slug: string): Promise<void> {
    return unmarkLeft(this.#table, slug);
  }

  /** Into the digest, from one of these states or there already; undefined when another digest or an editor was quicker. */
  takeForDigest(slug: string, digestId: string, from: readonly IssueState[]): Promise<IssueMeta | undefined> {
    return takeForDigest(this.#table, slug, digestId, from);
  }

  /** Back to where the digest took it from, if that digest has it. */
  giveBack(slug: string, digestId: string): Promise<void> {
    return giveBack(this.#table, slug, digestId);
  }

  /** A draft again, if that digest has it: it was cancelled before anybody got it. */
  release(slug: string, digestId: string): Promise<'released' | 'wrong_state'> {
    return release(this.#table, slug, digestId);
  }

  markSent(slug: string, digestId: string): Promise<'sent' | 'wrong_state'> {
    return markSent(this.#table, slug, digestId);
  }

  /** A draft vanishes but for its history, a sent issue leaves a tombstone; one that is queued or on its way stays. */
  async delete(slug: string, now: Date, editor?: Editor): Promise<'deleted' | 'wrong_state' | 'not_found'> {
    const changed = await this.#change<'wrong_state'>(slug, now, editor, ({ state }) =>
      state === 'draft' || state === 'sent' ? { did: 'deleted', set: { deletedAt: now.toISOString() } } : 'wrong_state',
    );
    if (typeof changed === 'string') return changed;
    if (changed.before.state === 'sent') return 'deleted';
    await forgetContents(this.#table, slug);
    await this.#table.delete(keys.issue(slug), { expression: 'deletedAt = :now', values: { ':now': now.toISOString() } });
    return 'deleted';
  }

  #change<Answer extends string>(slug: string, now: Date, editor: Editor | undefined, decide: (meta: IssueMeta) => Change | Answer) {
    return changeIssue(this.#table, { slug, now, editor }, decide);
  }

  async #madeOf(sourceHash: string): Promise<IssueMeta | undefined> {
    const meta = await this.get(await slugOfBytes(this.#table, sourceHash));
    return meta?.sourceHash === sourceHash ? meta : undefined;
  }

  /** Takes away what led to the issue where it stood before. */
  async #leave({ slug, state, scheduledFor }: IssueMeta, marker: unknown): Promise<void> {
    if (state === 'queued') await unmark(this.#table, slug, marker);
    if (state === 'scheduled' && scheduledFor) await forgetScheduled(this.#table, { slug, time: scheduledFor });
  }

  async #markerOf(slug: string): Promise<unknown> {
    return (await this.#table.get(keys.issue(slug)))?.marker;
  }
}
