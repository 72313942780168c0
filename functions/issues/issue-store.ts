import { randomUUID } from 'node:crypto';
import { keys } from '../platform/keys.ts';
import type { Table, Update } from '../platform/table.ts';
import { type IssueContent, IssueMeta, type IssueState } from './issue.ts';
import { forgetContents, moveContent, saveContent, savedContent } from './issue-contents.ts';
import { type IssuePage, issuePage, type PageRequest } from './issue-pages.ts';

/** `sourceHash`: SHA-256 of the uploaded bytes, hex. */
export type Upload = { content: IssueContent; sourceHash: string; now: Date };

const living = 'attribute_exists(pk) AND attribute_not_exists(deletedAt)';
const state = { '#state': 'state' };
const inThatDigest = '#state = :sending AND digestId = :digest';

/**
 * Issues: what their files say, and their life `draft → queued → sending → sent`. META is the truth; lists and the queue
 * are pointers at it that are written before META needs them and never trusted alone.
 */
export class IssueStore {
  readonly #table: Table;
  constructor(table: Table) {
    this.#table = table;
  }

  /** A new issue as a draft. The same bytes again are the same issue; other bytes under a slug in use change nothing. */
  async add(upload: Upload): Promise<{ answer: 'created' | 'same' | 'slug_taken'; meta: IssueMeta }> {
    const { content, sourceHash, now } = upload;
    const same = await this.#fromTheseBytes(sourceHash);
    if (same) return { answer: 'same', meta: same };
    const holder = await this.#table.get(keys.issue(content.slug));
    if (holder) return { answer: 'slug_taken', meta: IssueMeta.parse(holder) };
    const time = now.toISOString();
    const meta: IssueMeta = { ...(await this.#stored(upload)), state: 'draft', createdAt: time, updatedAt: time };
    const created = await this.#table.put({ ...keys.issue(meta.slug), ...meta }, { expression: 'attribute_not_exists(pk)' });
    // Another upload was quicker: what it made decides the answer.
    return created ? { answer: 'created', meta } : this.add(upload);
  }

  /** New content for the issue `content.slug`, whatever its state; a digest keeps the content it froze. */
  async replace(upload: Upload): Promise<IssueMeta | undefined> {
    const stored = { ...(await this.#stored(upload)), updatedAt: upload.now.toISOString() };
    const fields = Object.entries(stored);
    const replaced = await this.#update(stored.slug, {
      set: `SET ${fields.map(([field]) => `#${field} = :${field}`).join(', ')}`,
      condition: living,
      names: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
      values: Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
    });
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

  /** All issues by date, newest first. */
  list(page: PageRequest): Promise<IssuePage> {
    return issuePage(this.#table, keys.listedIssue('', '').pk, page, () => true);
  }

  /** What readers may see, newest first. */
  archived(page: PageRequest): Promise<IssuePage> {
    return issuePage(this.#table, keys.archivedIssue('', '').pk, page, (meta) => meta.publishedAt !== undefined);
  }

  /** Public from now on: called before the first mail of its digest goes out. */
  async archive({ slug }: { slug: string }, now = new Date()): Promise<void> {
    const published = await this.#update(slug, {
      set: 'SET publishedAt = if_not_exists(publishedAt, :now)',
      condition: living,
      values: { ':now': now.toISOString() },
    });
    if (published) await this.#table.put(keys.archivedIssue(published.date, slug));
  }

  /** Into the next weekly digest. */
  async queue(slug: string, now: Date): Promise<'queued' | 'already_queued' | 'wrong_state' | 'not_found'> {
    const before = await this.get(slug);
    if (!before) return 'not_found';
    if (before.state === 'queued') return 'already_queued';
    if (before.state !== 'draft') return 'wrong_state';
    const queued = await this.#enqueue(slug, {
      set: 'SET #state = :queued, marker = :marker, updatedAt = :now',
      condition: `${living} AND #state = :draft`,
      values: { ':draft': 'draft', ':now': now.toISOString() },
    });
    // Somebody was quicker: what they did decides the answer.
    return queued ? 'queued' : this.queue(slug, now);
  }

  /** Out of the queue, a draft again. */
  async unqueue(slug: string, now: Date): Promise<'unqueued' | 'not_queued' | 'not_found'> {
    const unqueued = await this.#table.update(keys.issue(slug), {
      set: 'SET #state = :draft, updatedAt = :now',
      condition: `${living} AND #state = :queued`,
      names: state,
      values: { ':draft': 'draft', ':queued': 'queued', ':now': now.toISOString() },
    });
    if (!unqueued) return (await this.get(slug)) ? 'not_queued' : 'not_found';
    await this.#unmark(slug, unqueued.marker);
    return 'unqueued';
  }

  /** What the next weekly digest will take, oldest first. */
  async queued(): Promise<IssueMeta[]> {
    const queued = (await this.marked()).filter((meta) => meta.state === 'queued');
    return queued.sort((a, b) => a.date.localeCompare(b.date) || a.slug.localeCompare(b.slug));
  }

  /** Every issue with a queue marker that is not sent: also those that a digest took and has not frozen yet. */
  async marked(): Promise<IssueMeta[]> {
    const markers = await Array.fromAsync(this.#table.query({ pk: keys.queuedIssue('').pk }));
    const found = await this.#table.getMany(markers.map(({ sk }) => keys.issue(sk)));
    const metas = found.filter((item) => !item.deletedAt).map((item) => IssueMeta.parse(item));
    // Two clicks at once may leave a marker behind; nothing sent is ever queued again, so here it can go.
    const sent = metas.filter((meta) => meta.state === 'sent');
    await Promise.all(sent.map(({ slug }) => this.#table.delete(keys.queuedIssue(slug))));
    return metas.filter((meta) => meta.state !== 'sent');
  }

  /** Takes the marker of an issue that has left the queue; the marker of one that was queued anew stays. */
  async unmarkQueued(slug: string): Promise<void> {
    const item = await this.#table.get(keys.issue(slug));
    if (item && item.state !== 'queued') await this.#unmark(slug, item.marker);
  }

  /** Into the digest, from one of these states or there already; undefined when another digest or an editor was quicker. */
  async takeForDigest(slug: string, digestId: string, from: readonly IssueState[]): Promise<IssueMeta | undefined> {
    const states = Object.fromEntries(from.map((name, n) => [`:from${n}`, name]));
    const taken = await this.#update(slug, {
      set: 'SET takenFrom = #state, #state = :sending, digestId = :digest',
      condition: `${living} AND #state IN (${Object.keys(states).join(', ')})`,
      names: state,
      values: { ':sending': 'sending', ':digest': digestId, ...states },
    });
    if (taken) return taken;
    const meta = await this.get(slug);
    return meta?.state === 'sending' && meta.digestId === digestId ? meta : undefined;
  }

  /** Back to where the digest took it from, if that digest has it. */
  async giveBack(slug: string, digestId: string): Promise<void> {
    const item = await this.#table.get(keys.issue(slug));
    if (item?.digestId !== digestId) return;
    if (item.takenFrom !== 'queued') return void (await this.release(slug, digestId));
    await this.#enqueue(slug, {
      set: 'SET #state = :queued, marker = :marker REMOVE digestId, takenFrom',
      condition: inThatDigest,
      values: { ':sending': 'sending', ':digest': digestId },
    });
  }

  /** A draft again, if that digest has it: it was called off before anybody got it. */
  async release(slug: string, digestId: string): Promise<'released' | 'wrong_state'> {
    const released = await this.#update(slug, {
      set: 'SET #state = :draft REMOVE digestId, takenFrom, publishedAt',
      condition: inThatDigest,
      names: state,
      values: { ':draft': 'draft', ':sending': 'sending', ':digest': digestId },
    });
    return released ? 'released' : 'wrong_state';
  }

  async markSent(slug: string, digestId: string): Promise<'sent' | 'wrong_state'> {
    const sent = await this.#update(slug, {
      set: 'SET #state = :sent',
      condition: 'digestId = :digest AND #state IN (:sending, :sent)',
      names: state,
      values: { ':sent': 'sent', ':sending': 'sending', ':digest': digestId },
    });
    return sent ? 'sent' : 'wrong_state';
  }

  /** A draft vanishes, a sent issue leaves a tombstone; one that is queued or on its way stays. */
  async delete(slug: string, now: Date): Promise<'deleted' | 'wrong_state' | 'not_found'> {
    const meta = await this.get(slug);
    if (!meta) return 'not_found';
    if (meta.state !== 'draft' && meta.state !== 'sent') return 'wrong_state';
    const still = { expression: `${living} AND #state = :state`, names: state, values: { ':state': meta.state } };
    const deleted =
      meta.state === 'draft'
        ? await this.#table.delete(keys.issue(slug), still)
        : await this.#update(slug, {
            set: 'SET deletedAt = :now',
            condition: still.expression,
            names: state,
            values: { ...still.values, ':now': now.toISOString() },
          });
    if (!deleted) return this.delete(slug, now);
    if (meta.state === 'draft') await forgetContents(this.#table, slug);
    return 'deleted';
  }

  async #fromTheseBytes(sourceHash: string): Promise<IssueMeta | undefined> {
    const pointer = await this.#table.get(keys.uploadedIssue(sourceHash));
    const meta = pointer && (await this.get(pointer.slug as string));
    return meta?.sourceHash === sourceHash ? meta : undefined;
  }

  /** The content and all that points at it, written before META does; what META says about the content. */
  async #stored({ content, sourceHash }: Upload) {
    const { slug, title, number, date, language, summary } = content;
    const saved = await saveContent(this.#table, content);
    await this.#table.put({ ...keys.uploadedIssue(sourceHash), slug });
    await this.#table.put(keys.listedIssue(date, slug));
    return { slug, title, number, date, language, summary, sourceHash, ...saved };
  }

  /**
   * The marker first, so that whoever reads the markers misses no queued issue. Each has a name of its own: taking away an
   * earlier one never takes this one.
   */
  async #enqueue(slug: string, { values, ...update }: Update): Promise<boolean> {
    const marker = randomUUID();
    await this.#table.put({ ...keys.queuedIssue(slug), marker });
    const queued = await this.#update(slug, { ...update, names: state, values: { ...values, ':queued': 'queued', ':marker': marker } });
    return queued !== undefined;
  }

  async #unmark(slug: string, marker: unknown): Promise<void> {
    // An issue that was never queued has no marker.
    if (marker === undefined) return;
    await this.#table.delete(keys.queuedIssue(slug), { expression: 'marker = :marker', values: { ':marker': marker } });
  }

  async #update(slug: string, update: Update): Promise<IssueMeta | undefined> {
    const item = await this.#table.update(keys.issue(slug), update);
    return item && IssueMeta.parse(item);
  }
}
