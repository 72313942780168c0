import type { DeskLocale } from '../../../functions/words/locale.ts';

/** The example newsletter in one language: what `docs/samples/` has of it, and what the pictures need beside. */
export type Edition = {
  language: DeskLocale;
  sample: string;
  settings: string;
  /** When nine o'clock on a Friday is, in its time zone. */
  slotHour: string;
  /** Two issues that went out before the sample. */
  earlier: readonly [string, string];
  /** Whose mailboxes its readers have, and how many at each. */
  mailboxes: Readonly<Record<string, number>>;
  /** A provider that refuses some mails, and one where some mailboxes are gone. */
  refusing: string;
  closing: string;
};

export const editions: readonly Edition[] = [
  {
    language: 'en',
    sample: 'harbour-weekly.md',
    settings: 'harbour-weekly.settings.json',
    slotHour: '09',
    earlier: [
      '---\nnumber: 40\ndate: 2026-11-12\n---\n\n# Fog, and what to do in it\n\nWait. Then wait a little longer.\n',
      '---\nnumber: 41\ndate: 2026-11-19\n---\n\n# Who owns the old crane?\n\nThree people say that they do. One of them has the key.\n',
    ],
    mailboxes: { 'gmail.com': 180, 'outlook.com': 70, 'icloud.com': 40, 'yahoo.com': 30, 'quay.example': 25 },
    refusing: 'yahoo.com',
    closing: 'outlook.com',
  },
  {
    language: 'zh-CN',
    sample: 'harbour-weekly.zh-CN.md',
    settings: 'harbour-weekly.zh-CN.settings.json',
    slotHour: '01',
    earlier: [
      '---\nnumber: 40\ndate: 2026-11-12\n---\n\n# 起雾了，怎么办\n\n等。然后再等一会儿。\n',
      '---\nnumber: 41\ndate: 2026-11-19\n---\n\n# 老吊车是谁的？\n\n三个人都说是自己的，其中一位有钥匙。\n',
    ],
    mailboxes: { 'qq.com': 180, '163.com': 80, 'gmail.com': 40, 'outlook.com': 20, 'quay.example': 25 },
    refusing: '163.com',
    closing: 'qq.com',
  },
];
