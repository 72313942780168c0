import { wants } from '../../settings/topics.ts';
import type { FrozenIssue } from '../digest.ts';
import type { RenderedDigest } from './rendered-digest.ts';

type ForTopics = Pick<FrozenIssue, 'topics'>;

/** So many different topics one digest tells apart; each may double the number of mails to be rendered. */
export const mostTopicsTold = 5;

/** Which issues of a digest a reader of these topics gets, by place: `0,2`. Empty: none of them. */
export const selectionOf = (issues: readonly ForTopics[], chosen: readonly string[]): string =>
  issues.flatMap(({ topics = [] }, place) => (wants(chosen, topics) ? [place] : [])).join();

/**
 * The selections that readers' choices can make of a digest, besides the whole of it. With more topics than can be told apart there are
 * none, and readers who want one of the issues get all of them.
 */
export function selectionsOf(issues: readonly ForTopics[]): string[] {
  const topics = [...new Set(issues.flatMap((issue) => issue.topics ?? []))];
  if (topics.length > mostTopicsTold) return [];
  const choices = Array.from({ length: 2 ** topics.length - 1 }, (_, n) => topics.filter((_topic, bit) => (n + 1) & (1 << bit)));
  // Somebody may also have chosen a topic that none of these issues belongs to.
  const found = new Set([...choices, ['-']].map((chosen) => selectionOf(issues, chosen)));
  const whole = issues.map((_, place) => place).join();
  return [...found].filter((selection) => selection !== '' && selection !== whole);
}

/** The issues at the places of a selection. */
export const chosenFrom = <Issue>(issues: readonly Issue[], selection: string): Issue[] =>
  selection.split(',').flatMap((place) => issues[Number(place)] ?? []);

/** A digest rendered whole, and beside it each of its selections. */
export async function renderSelections<Issue>(
  { issues = [] }: { issues?: readonly ForTopics[] | undefined },
  contents: readonly Issue[],
  render: (contents: readonly Issue[]) => Promise<RenderedDigest>,
): Promise<RenderedDigest> {
  const whole = await render(contents);
  const selections: NonNullable<RenderedDigest['selections']> = {};
  for (const selection of selectionsOf(issues)) selections[selection] = await render(chosenFrom(contents, selection));
  return Object.keys(selections).length > 0 ? { ...whole, selections } : whole;
}

/** The mail for a reader of these topics. */
export function renderedFor(
  rendered: RenderedDigest,
  { issues = [] }: { issues?: readonly ForTopics[] | undefined },
  chosen: readonly string[],
): RenderedDigest {
  return rendered.selections?.[selectionOf(issues, chosen)] ?? rendered;
}
