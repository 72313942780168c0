import type { RefusalKind } from './refusal-kind.ts';

type Slug = { slug: string };
type Id = { id: string };
type Role = 'analyst' | 'writer' | 'editor' | 'owner';
type Scope = 'issues:write' | 'send' | 'readers:read' | 'readers:write' | 'reports:read' | 'settings';
type DigestState = 'held' | 'sending' | 'paused' | 'parked' | 'stopped' | 'done' | 'skipped' | 'cancelled';
type ImportState = 'checking' | 'checked' | 'unreadable' | 'running' | 'finished' | 'stopped' | 'failed';
type IssueState = 'draft' | 'queued' | 'scheduled' | 'sending' | 'sent';

const doneTo = {
  queue: 'queued',
  unqueue: 'taken back',
  schedule: 'scheduled',
  list: 'listed',
  unlist: 'unlisted',
  topics: 'given other topics',
  delete: 'deleted',
  archive: 'put into the archive without a mail',
} as const;

/** What an editor may want to do with an issue that its state does not allow. */
export type IssueAction = keyof typeof doneTo;

const adviceFor = ({ state, action }: { state: IssueState; action: IssueAction }) => {
  if (state === 'scheduled') return ' Take back its schedule first.';
  return state === 'queued' && action === 'delete' ? ' Take it out of the queue first.' : '';
};

/** Refusals of the API, which the desk puts into words of its own language. */
export const editorRefusals = {
  no_such_webhook: { status: 404, detail: ({ id }: { id: string }) => `There is no webhook “${id}”.` },
  no_such_delivery: { status: 404, detail: ({ delivery }: { delivery: string }) => `This webhook has no delivery “${delivery}”.` },
  too_many_webhooks: { status: 409, detail: ({ most }: { most: number }) => `A newsletter has at most ${most} webhooks.` },
  not_signed_in: { status: 401, detail: () => 'Sign in first: this address needs “Authorization: Bearer <access token or API key>”.' },
  session_over: { status: 401, detail: () => 'This access token is not valid here, or not any more: sign in again.' },
  sign_in_ended: { status: 401, detail: () => 'This sign-in was ended: sign in again.' },
  address_not_verified: {
    status: 401,
    detail: () => 'The sign-in does not tell your address. Sign in again; your address has to be verified.',
  },
  not_compared: {
    status: 409,
    detail: () => 'Not everybody who has gone is known to be gone here. Run `periodical restore` again; it says how many are missing.',
  },
  not_a_colleague: { status: 403, detail: () => 'You are signed in, but have no role at this newsletter. An owner can give you one.' },
  forbidden: { status: 403, detail: ({ role, needs }: { role: Role; needs: Role }) => `This needs the role ${needs}; yours is ${role}.` },
  key_unknown: { status: 401, detail: () => 'This API key is none of this newsletter, or not whole.' },
  key_revoked: { status: 401, detail: () => 'This API key was revoked. An owner can make another.' },
  key_expired: { status: 401, detail: () => 'This API key has expired. An owner can make another.' },
  scope_missing: {
    status: 403,
    detail: ({ needs }: { needs: readonly Scope[] }) => `This API key may not do that: it takes the scope ${needs.join(' or ')}.`,
  },
  people_only: { status: 403, detail: () => 'No API key may do that: it takes a person who signs in.' },
  api_key_not_found: { status: 404, detail: ({ id }: Id) => `There is no API key ${id}.` },
  expiry_past: { status: 400, detail: ({ at }: { at: string }) => `expiresAt: ${at} is past.` },

  idempotency_key_invalid: {
    status: 400,
    detail: () => 'Idempotency-Key has to be 1 to 255 visible ASCII characters without quotes, such as a UUID.',
  },
  idempotency_key_reused: { status: 422, detail: () => 'This Idempotency-Key was used for another request within the last day.' },
  request_in_progress: { status: 409, detail: () => 'The first request with this Idempotency-Key is not answered yet: try again.' },

  issue_not_found: { status: 404, detail: ({ slug }: Slug) => `There is no issue “${slug}”.` },
  issue_deleted: { status: 410, detail: ({ slug }: Slug) => `The issue “${slug}” was deleted.` },
  slug_taken: {
    status: 409,
    detail: ({ slug, title, date, free }: Slug & { title: string; date: string; free: string }) =>
      `The address “${slug}” belongs to “${title}” of ${date}. PUT /api/v1/issues/${slug} replaces it with this file; POST /api/v1/issues?slug=${free} keeps both.`,
  },
  wrong_state: {
    status: 409,
    detail: ({ slug, state, action }: Slug & { state: IssueState; action: IssueAction }) =>
      `The issue “${slug}” is ${state === 'sending' ? 'being sent' : state} and cannot be ${doneTo[action]}.${adviceFor({ state, action })}`,
  },
  already_sent: { status: 409, detail: ({ slug }: Slug) => `The issue “${slug}” has been sent, or is being sent.` },
  had_own_digest: {
    status: 409,
    detail: ({ slug, digest }: Slug & { digest: string }) => `The issue “${slug}” had a digest of its own: ${digest}.`,
  },
  /** `errors` are the findings. */
  preflight_failed: {
    status: 409,
    detail: ({ slug, errors }: Slug & { errors: number }) =>
      `The preflight found ${errors} errors in the issue “${slug}”. Correct them, or send {"override": "<why it may go out>"}.`,
  },
  /** `errors` are the findings. */
  new_text_failed: {
    status: 409,
    detail: ({ slug, state, errors }: Slug & { state: IssueState; errors: number }) =>
      `The issue “${slug}” is ${state}, and the preflight found ${errors} errors in its new text. Correct the file, or make the issue a draft first.`,
  },
  /** `errors` tells what happened since. */
  changed_meanwhile: {
    status: 412,
    detail: ({ slug, seen, now }: Slug & { seen: number; now: number }) =>
      `The issue “${slug}” has changed since you looked (version ${seen}, now ${now}).`,
  },
  /** The same without `If-Match`. */
  replaced_meanwhile: {
    status: 409,
    detail: ({ slug }: Slug) => `The issue “${slug}” got another text while this one was being checked. Try again.`,
  },
  if_match_invalid: {
    status: 400,
    detail: ({ written }: { written: string }) => `If-Match is ${written}; it has to be the issue’s version in quotes, such as "3".`,
  },
  date_ahead: {
    status: 400,
    detail: ({ date }: { date: string }) => `The date of this issue, ${date}, is still to come: it has not gone out elsewhere.`,
  },
  date_unknown: {
    status: 400,
    detail: () =>
      'This file does not say when it went out, so it has no place in the archive. Write a date into it, such as “date: 2024-05-03”.',
  },
  moment_past: { status: 400, detail: ({ at }: { at: string }) => `at: ${at} is past. Choose a moment to come, or POST …/send-now.` },
  not_a_test_reader: {
    status: 400,
    detail: ({ address }: { address: string }) =>
      `A test mail goes to your own address or to one of the settings’ testReaders, not to ${address}.`,
  },
  test_reader_needed: {
    status: 400,
    detail: () => 'An API key has no address of its own: name some of the settings’ testReaders in “to”.',
  },
  test_not_sent: {
    status: 502,
    detail: ({ failed, of, reason }: { failed: number; of: number; reason: string }) =>
      `SES did not take ${failed} of ${of} test mails: ${reason}.`,
  },

  nothing_queued: { status: 404, detail: () => 'No issue is queued: the next digest has no mail.' },
  digest_not_found: { status: 404, detail: ({ id }: Id) => `There is no digest ${id}.` },
  digest_ended: {
    status: 409,
    detail: ({ id, state }: Id & { state: DigestState }) => `The digest ${id} is ${state}: nothing about it can change any more.`,
  },

  reader_not_found: { status: 404, detail: () => 'No reader is known by this address.' },
  reader_moved: { status: 409, detail: () => 'This reader has another address now. Search for that.' },
  reader_changed: { status: 409, detail: () => 'This reader has changed meanwhile. Look again.' },
  not_suppressed: { status: 409, detail: () => 'This reader is not suppressed: there is nothing to reinstate.' },
  other_address: { status: 400, detail: () => 'email: this is not the address of that reader.' },
  reason_needed: {
    status: 400,
    detail: ({ least, most }: { least: number; most: number }) => `reason: between ${least} and ${most} characters are needed.`,
  },
  address_empty: { status: 400, detail: () => 'email: the exact address is needed, such as reader@example.org.' },
  address_malformed: { status: 400, detail: () => 'email: this is no address; one looks like reader@example.org.' },
  address_local_part_not_ascii: { status: 400, detail: () => 'email: before the @ there are characters that no mail can be sent to.' },
  address_too_long: { status: 400, detail: () => 'email: this is longer than an address may be.' },

  import_not_found: { status: 404, detail: ({ id }: Id) => `There is no import ${id}.` },
  import_not_ready: {
    status: 409,
    detail: ({ id, state }: Id & { state: ImportState }) =>
      `The import ${id} is ${state}: only one that is checked, and can be read, is started.`,
  },
  import_has_questions: {
    status: 409,
    detail: ({ id, questions }: Id & { questions: number }) =>
      `The import ${id} has ${questions} open questions (\`questions\`): answer them by \`corrections\` of another import of the same upload.`,
  },
  import_gave_up: {
    status: 409,
    detail: ({ attempts, begun }: { attempts: number; begun: boolean }) =>
      `The work on this list died ${attempts} times at the same place and was given up. ${begun ? 'Rows before that place are taken in.' : 'Nothing was taken in.'} Take the row out, or save the list again, and import it again.`,
  },
  import_not_finished: { status: 409, detail: ({ id }: Id) => `The import ${id} is not finished yet.` },
  import_not_running: {
    status: 409,
    detail: ({ id, state }: Id & { state: ImportState }) => `The import ${id} is ${state}: only one that is running is stopped.`,
  },
  import_report_gone: {
    status: 410,
    detail: ({ id, days }: Id & { days: number }) => `The report of the import ${id} is gone: it is kept for ${days} days.`,
  },
  asked_before: { status: 409, detail: ({ id }: Id) => `The readers of the import ${id} were asked before: they are asked once.` },
  askable_changed: {
    status: 409,
    detail: ({ askable, count }: { askable: number; count: number }) => `${askable} readers may be asked, not ${count}.`,
  },
  export_not_found: { status: 404, detail: ({ id }: Id) => `There is no export ${id}.` },
  bom_without_csv: { status: 400, detail: () => 'Only a CSV has a byte order mark: leave “bom” out for JSON Lines.' },
} satisfies Record<string, RefusalKind>;
