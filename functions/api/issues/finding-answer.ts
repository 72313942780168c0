import type { Finding } from '../../issues/finding.ts';
import { findingDetail } from '../../issues/finding-detail.ts';
import type { Fault } from '../../platform/refusal.ts';

/** A finding as the API answers with it: `message` says the same in English, for programs. */
export type FindingAnswer = Finding & { message: string };

export const findingAnswer = (finding: Finding): FindingAnswer => ({ ...finding, message: findingDetail(finding) });

/** A finding among the `errors` of a problem document, each of which names a place. */
export const faultOf = (finding: Finding) =>
  ({
    ...findingAnswer(finding),
    path: finding.path ?? (finding.line === undefined ? 'issue' : `line ${finding.line}`),
  }) satisfies Fault;
