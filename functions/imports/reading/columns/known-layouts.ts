import { readerColumns } from '../../../exports/reader-row.ts';
import type { ListFormat } from '../table-shape.ts';
import { normalWord } from '../words/normal-word.ts';
import type { ListStatus } from '../words/status-words.ts';

type Layout = {
  format: Exclude<ListFormat, 'plain'>;
  /** Columns that all have to be there, and of which one has to be. */
  has: readonly string[];
  hasOneOf?: readonly string[];
  /** The consent's date, first and second choice, where a name alone would mislead. */
  dates?: readonly string[];
  /** Columns that say nothing about mail, although their name or their words look like it. */
  silent?: readonly string[];
  /** What words mean in this tool, and nowhere else. */
  words?: Readonly<Record<string, ListStatus>>;
};

/** Tools by the names of their columns. What a column says is read by its name and its cells; here is only what these do not tell. */
const layouts: readonly Layout[] = [
  { format: 'periodical', has: readerColumns },
  {
    format: 'mailchimp',
    has: ['Email Address'],
    hasOneOf: ['MEMBER_RATING', 'OPTIN_TIME', 'LEID', 'EUID', 'UNSUB_TIME', 'CLEAN_TIME'],
    dates: ['CONFIRM_TIME', 'OPTIN_TIME'],
    silent: ['CONFIRM_TIME', 'OPTIN_TIME'],
  },
  { format: 'substack', has: ['email'], hasOneOf: ['email_disabled', 'active_subscription'], silent: ['type', 'expiry', 'plan'] },
  { format: 'substack', has: ['Email', 'Email disabled'], dates: ['Start date'], silent: ['Cancel date', 'Paid upgrade date'] },
  { format: 'ghost', has: ['email', 'subscribed_to_emails'] },
  { format: 'buttondown', has: ['subscriber_type'] },
  {
    format: 'buttondown',
    has: ['email_address'],
    hasOneOf: ['undeliverability_date', 'unsubscription_date', 'churn_date', 'creation_date'],
    dates: ['creation_date', 'subscription_date'],
  },
  { format: 'listmonk', has: ['uuid', 'email', 'attributes', 'status'] },
  { format: 'beehiiv', has: ['email', 'status'], hasOneOf: ['subscription_tier', 'stripe_customer_id'] },
  { format: 'kit', has: ['first_name', 'email', 'created_at', 'status'], words: { inactive: 'unconfirmed' } },
  { format: 'kit', has: ['first_name', 'email_address', 'state', 'created_at'], words: { inactive: 'unconfirmed' } },
  { format: 'mailerlite', has: ['Subscriber', 'Sent', 'Opens', 'Clicks'] },
  { format: 'mailerlite', has: ['Email', 'Subscribed'], hasOneOf: ['Groups', 'Opens', 'Opened'] },
  { format: 'phplist', has: ['email', 'confirmed', 'blacklisted'], silent: ['optedin'] },
  { format: 'phplist', has: ['email', 'Is this subscriber confirmed'] },
  { format: 'brevo', has: ['EMAIL', 'EMAIL_BLACKLISTED'] },
  { format: 'brevo', has: ['EMAIL', 'BLACKLISTED'] },
  { format: 'activecampaign', has: ['Email', 'Date Created', 'Status'] },
  { format: 'systemeio', has: ['Email', 'First name', 'Surname', 'Date registered'] },
  { format: 'campaign-monitor', has: ['Email Address', 'Name', 'Date Subscribed'] },
  { format: 'campaign-monitor', has: ['Email Address', 'Date Unsubscribed'] },
  { format: 'mailman', has: ['email', 'delivery_status'] },
  { format: 'keila', has: ['Email', 'First name', 'Last name', 'Data', 'Status'] },
  { format: 'jetpack', has: ['Email', 'Subscription Status', 'Date subscribed'] },
  { format: 'jetpack', has: ['Email', 'Subscription Type', 'Status'] },
  { format: 'curated', has: ['Email Address', 'Subscribed at'], hasOneOf: ['UTM Source', 'UTM Medium'] },
  { format: 'curated', has: ['Email', 'Subscribed at', 'Confirmed at'] },
  { format: 'tencent-survey', has: ['开始答题时间'] },
  { format: 'tencent-survey', has: ['结束答题时间'] },
  { format: 'jinshuju', has: ['序号', '提交时间'] },
  { format: 'jinshuju', has: ['提交人', '提交时间'] },
  { format: 'google-contacts', has: ['E-mail 1 - Value'] },
];

const prepared = layouts.map((layout) => ({ ...layout, has: layout.has.map(normalWord), hasOneOf: layout.hasOneOf?.map(normalWord) }));

export type FormatColumns = Pick<Layout, 'format' | 'words'> & { silent: ReadonlySet<string>; dates: readonly string[] };

/** The tool that names its columns like this; the particular ones come first. */
export function knownLayout(names: readonly string[]): FormatColumns | undefined {
  const here = new Set(names.map(normalWord));
  const found = prepared.find(
    ({ has, hasOneOf }) => has.every((name) => here.has(name)) && (hasOneOf?.some((name) => here.has(name)) ?? true),
  );
  if (!found) return undefined;
  const { format, words, silent = [], dates = [] } = found;
  return { format, ...(words && { words }), silent: new Set(silent.map(normalWord)), dates: dates.map(normalWord) };
}
