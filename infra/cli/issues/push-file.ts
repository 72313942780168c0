import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FindingAnswer } from '../../../functions/api/issues/finding-answer.ts';
import type { IssueAnswer, IssueSummary } from '../../../functions/api/issues/issue-answer.ts';
import { type NewsletterClient, refusalIn } from '../newsletter/newsletter-client.ts';
import type { IssueFile } from './issue-files.ts';
import { addIssue, previewOf, replaceIssue } from './send-file.ts';

/** What is to become of the files; without any of it what each of them asks for. */
export type PushAsked = { queue?: boolean; schedule?: string; archive?: boolean; replace?: boolean };

/** What became of a file, or, of a dry run, would. */
export type PushedFile = {
  file: string;
  did: 'created' | 'replaced' | 'unchanged' | 'failed';
  slug?: string;
  state?: string;
  /** Of a dry run: what is asked for it. */
  wants?: 'queued' | 'scheduled' | 'archived';
  /** Where its page can be seen; of a dry run. */
  url?: string;
  errors: FindingAnswer[];
  warnings: FindingAnswer[];
  fault?: { code: string; detail: string };
};

export type Pushing = { client: NewsletterClient; root: string; known: KnownIssues; asked: PushAsked };

/** The issues of the newsletter, by the bytes and by the file that they were made of. */
class KnownIssues {
  readonly #byHash: ReadonlyMap<string, IssueSummary>;
  readonly #bySource: ReadonlyMap<string, IssueSummary>;
  constructor(issues: readonly IssueSummary[]) {
    this.#byHash = new Map(issues.map((issue) => [issue.hash, issue]));
    this.#bySource = new Map(issues.flatMap((issue) => (issue.source === null ? [] : [[issue.source, issue]])));
  }
  same = ({ hash }: IssueFile) => this.#byHash.get(hash);
  of = ({ source }: IssueFile) => this.#bySource.get(source);
}

export const knownIssues = async (client: NewsletterClient) =>
  new KnownIssues(await Array.fromAsync(client.all<'issues', IssueSummary>('/api/v1/issues', 'issues')));

/** Brings one file to the newsletter. What the newsletter refuses is this file's result, so that the others go on. */
export async function pushFile(file: IssueFile, pushing: Pushing, isDry: boolean): Promise<PushedFile> {
  try {
    return await (isDry ? lookAt(file, pushing) : bring(file, pushing));
  } catch (error) {
    const refused = refusalIn(error);
    if (!refused || refused.status === 401) throw error;
    const detail = [refused.detail, ...refused.errors].join('\n');
    return { file: file.source, did: 'failed', errors: [], warnings: [], fault: { code: refused.code, detail } };
  }
}

const unchanged = (file: IssueFile, { slug, state }: { slug: string; state: string }): PushedFile => ({
  file: file.source,
  did: 'unchanged',
  slug,
  state,
  errors: [],
  warnings: [],
});

async function bring(file: IssueFile, pushing: Pushing): Promise<PushedFile> {
  const { client, known, asked } = pushing;
  const same = known.same(file);
  if (same) return same.state === 'draft' ? goOn(file, same, pushing) : unchanged(file, same);
  const target = known.of(file);
  if (target) return replace(file, target.slug, pushing);
  try {
    const made = await addIssue(file, client, { source: file.source, ...(asked.archive && { archive: true }) });
    return told(file, 'created', await asAsked(file, made, pushing));
  } catch (error) {
    const refused = refusalIn(error);
    const slug = refused?.code === 'slug_taken' ? String(refused.values.slug) : undefined;
    if (slug === undefined || !mayReplace(await issueOf(slug, client), pushing)) throw error;
    return replace(file, slug, pushing);
  }
}

/** An earlier run may have ended between the text and what is asked for it. */
async function goOn(file: IssueFile, same: IssueSummary, pushing: Pushing): Promise<PushedFile> {
  const issue = await issueOf(same.slug, pushing.client);
  if (isAsked(pushing.asked)) return told(file, 'unchanged', await asAsked(file, issue, pushing));
  if (!issue.asked || wasOnItsWay(issue)) return unchanged(file, same);
  return told(file, 'unchanged', await asItsFileSays(issue, issue, pushing.client));
}

function wantedBy({ queue, schedule, archive }: PushAsked): PushedFile['wants'] {
  if (archive) return 'archived';
  if (queue) return 'queued';
  return schedule ? 'scheduled' : undefined;
}
const isAsked = (asked: PushAsked) => wantedBy(asked) !== undefined;

/**
 * Whose file is no longer there was renamed. What somebody uploaded by hand is replaced only on demand, and so is what another export brought,
 * since no export lies in this folder as files.
 */
const mayReplace = ({ source }: Pick<IssueSummary, 'source'>, { root, asked }: Pushing): boolean =>
  source === null || asked.archive ? asked.replace === true : !existsSync(resolve(root, source));

const issueOf = (slug: string, client: NewsletterClient) => client.get<IssueAnswer>(`/api/v1/issues/${slug}`);

async function replace(file: IssueFile, slug: string, pushing: Pushing): Promise<PushedFile> {
  const before = await issueOf(slug, pushing.client);
  const after = await replaceIssue(file, pushing.client, before);
  const wished = isAsked(pushing.asked) ? await asAsked(file, after, pushing) : await asItsFileSays(before, after, pushing.client);
  return told(file, 'replaced', wished);
}

/** What the command line asks for. */
async function asAsked(file: IssueFile, issue: IssueAnswer, { client, asked }: Pushing): Promise<IssueAnswer> {
  const { slug, state, version } = issue;
  if (state !== 'draft') return issue;
  if (asked.archive) return addIssue(file, client, { archive: true });
  if (asked.queue) return changed(issue, client.post(`/api/v1/issues/${slug}/queue`, { json: {}, version }));
  if (asked.schedule) return changed(issue, client.post(`/api/v1/issues/${slug}/schedule`, { json: { at: asked.schedule }, version }));
  return issue;
}

/**
 * What a new file asks for is done with its upload. What a known file asks for is done when it is new there, or could not be done before; an
 * editor who took the issue back is not overruled by a corrected typo. A file that asks for nothing any more takes back what it asked for.
 */
async function asItsFileSays(before: IssueAnswer, after: IssueAnswer, client: NewsletterClient): Promise<IssueAnswer> {
  const { slug, state, version, asked } = after;
  const act = (name: string, json: object) => changed(after, client.post(`/api/v1/issues/${slug}/${name}`, { json, version }));
  if (!asked) return before.asked && before.asked.state === state ? act('unqueue', {}) : after;
  const isOld = JSON.stringify(before.asked) === JSON.stringify(asked);
  const mayGo = (state === 'draft' && !isKeptBack(after)) || state === 'queued' || state === 'scheduled';
  if (!mayGo || (isOld && wasOnItsWay(before))) return after;
  if (asked.state === 'queued' && state !== 'draft') return after;
  const going = asked.state === 'scheduled' ? act('schedule', { at: asked.at }) : act('queue', {});
  return going.catch((error: unknown) => {
    // With a key that writes drafts it stays one, as a new file does.
    if (state === 'draft' && refusalIn(error)?.code === 'scope_missing') return after;
    throw error;
  });
}

/** Once it was queued, scheduled or sent, only an editor can have made it a draft again. */
const wasOnItsWay = ({ history = [] }: IssueAnswer) =>
  history.some(({ did }) => did === 'queued' || did === 'scheduled' || did === 'sent_now');

/** By errors, a moment that is past, or another issue that says the same. */
export const isKeptBack = ({ warnings }: Pick<IssueAnswer, 'warnings'>) =>
  warnings.some((each) => each.code === 'asked_not_done' && each.values.why !== 'draft');

/** With the findings of the upload, which answers to other changes lack. It is done now, so no finding says that it is not. */
async function changed({ warnings, preflight }: IssueAnswer, answer: Promise<unknown>): Promise<IssueAnswer> {
  const now = (await answer) as IssueAnswer;
  return { ...now, warnings: warnings.filter(({ code }) => code !== 'asked_not_done'), ...(preflight && { preflight }) };
}

function told(file: IssueFile, did: PushedFile['did'], { slug, state, warnings, preflight }: IssueAnswer): PushedFile {
  const findings = { errors: preflight?.errors ?? [], warnings: [...warnings, ...(preflight?.warnings ?? [])] };
  return { file: file.source, did, slug, state, ...findings };
}

async function lookAt(file: IssueFile, pushing: Pushing): Promise<PushedFile> {
  const { known, client } = pushing;
  const same = known.same(file);
  if (same) return unchanged(file, same);
  const { slug, url, issue: holder, warnings, preflight, asked: own } = await previewOf(file, client);
  const target = known.of(file) ?? holder;
  const wants = wantedBy(pushing.asked) ?? own?.state;
  const found = { errors: preflight.errors, warnings: [...warnings, ...preflight.warnings], url, ...(wants && { wants }) };
  if (!target) return { file: file.source, did: 'created', slug, ...found };
  const { slug: its, state } = target;
  if (known.of(file) || mayReplace(target, pushing)) return { file: file.source, did: 'replaced', slug: its, state, ...found };
  return { file: file.source, did: 'failed', slug, ...found, fault: { code: 'slug_taken', detail: its } };
}
