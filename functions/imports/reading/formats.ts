import { readerColumns } from '../../exports/reader-row.ts';
import type { rowStandings } from './standing-words.ts';
import type { ColumnRole, ListFormat } from './table-shape.ts';

type Format = {
  /** Columns that all have to be there, and of which one has to be. */
  has: readonly string[];
  hasOneOf?: readonly string[];
  /** The first of these that is there. */
  columns: Partial<Record<ColumnRole, readonly string[]>>;
  standing?: (typeof rowStandings)[number];
  stateIsOff?: true;
};

/**
 * The systems' exports by the names of their columns, as they write them: see `docs/import.md`. What is more particular comes
 * first.
 */
export const formats: Partial<Record<Exclude<ListFormat, 'plain'>, readonly Format[]>> = {
  periodical: [{ has: readerColumns, columns: { address: ['email'], state: ['status'], language: ['locale'], topics: ['topics'] } }],
  mailchimp: [
    {
      has: ['email address', 'unsub_time'],
      columns: { address: ['email address'], date: ['confirm_time', 'optin_time'], leftDate: ['unsub_time'], language: ['language'] },
      standing: 'unsubscribed',
    },
    {
      has: ['email address', 'clean_time'],
      columns: { address: ['email address'], date: ['confirm_time', 'optin_time'], leftDate: ['clean_time'], language: ['language'] },
      standing: 'bounced',
    },
    {
      has: ['email address'],
      hasOneOf: ['member_rating', 'optin_time', 'leid', 'euid'],
      columns: { address: ['email address'], date: ['confirm_time', 'optin_time'], language: ['language'] },
    },
  ],
  substack: [
    {
      has: ['email', 'email_disabled'],
      hasOneOf: ['active_subscription', 'first_payment_at', 'plan'],
      columns: { address: ['email'], state: ['email_disabled'], date: ['created_at'] },
      stateIsOff: true,
    },
    { has: ['email', 'active_subscription', 'created_at'], columns: { address: ['email'], date: ['created_at'] } },
  ],
  ghost: [
    {
      has: ['email', 'subscribed_to_emails'],
      hasOneOf: ['complimentary_plan', 'stripe_customer_id', 'labels', 'note'],
      columns: { address: ['email'], state: ['subscribed_to_emails'], date: ['created_at'], leftDate: ['deleted_at'] },
    },
  ],
  buttondown: [
    {
      has: [],
      hasOneOf: [
        'undeliverability_date',
        'undeliverability_reason',
        'unsubscription_date',
        'churn_date',
        'subscriber_type',
        'creation_date',
      ],
      columns: {
        address: ['email_address', 'email'],
        state: ['type', 'subscriber_type', 'status'],
        date: ['creation_date', 'subscription_date'],
        leftDate: ['unsubscription_date', 'undeliverability_date'],
      },
    },
  ],
  listmonk: [
    {
      has: ['uuid', 'email', 'attributes', 'status'],
      columns: { address: ['email'], state: ['status'], date: ['created_at'], leftDate: ['updated_at'] },
    },
  ],
};

/** Names of columns that people and programs give them, in any table. */
export const plainColumns: Record<ColumnRole, RegExp> = {
  address:
    /^(e-?mail( ?address)?|email_address|mail|address|subscriber|邮箱|电子邮箱|邮箱地址|邮件地址|电子邮件|電子郵件|電郵|信箱|メールアドレス|メール|e-?mail-adresse|correo.*|courriel)$/i,
  state: /^(status|state|subscription[_ ]?(status|state)|subscribed|type|状态|订阅状态|狀態|訂閱狀態|ステータス|状態|état|estado)$/i,
  date: /^((subscribed|confirmed|created|joined|opt-?in|sign(ed)?-?up)([_ ]?(at|on|date|time))?|date|订阅时间|订阅日期|确认时间|创建时间|加入时间|日期|訂閱時間|登録日時?|登録日)$/i,
  leftDate: /^((unsubscribed|left|bounced|cleaned|complained)([_ ]?(at|on|date|time))|退订时间|退订日期|退訂時間|解除日時?)$/i,
  language: /^(language|locale|lang|语言|語言|言語)$/i,
  topics: /^(topics?|interests?|主题|主題|栏目|欄目)$/i,
};
