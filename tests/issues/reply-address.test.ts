import { expect, test } from 'vitest';
import { withOwnReplyTo } from '../../functions/issues/reply-address.ts';
import { anIssue } from '../emails/sample-issues.ts';
import { sampleSettings } from '../emails/sample-settings.ts';

const settings = sampleSettings({
  sender: { name: 'Weekly', address: 'weekly@news.example.org' },
  replyTo: 'desk@elsewhere.example',
  replyAddresses: ['Ann@other.example'],
});
const replyTo = (written: string) => withOwnReplyTo(anIssue({ replyTo: written }), settings);

test.each(['bob@news.example.org', 'Bob <bob@NEWS.example.org>', 'ann@other.example', 'desk@elsewhere.example'])(
  'replies may go to %s: it is on a domain of the senders, or the settings name it',
  (written) => {
    expect(replyTo(written).replyTo?.toLowerCase()).toBe(written.replace(/.*<|>/g, '').toLowerCase());
    expect(replyTo(written).warnings).toEqual([]);
  },
);

test.each([
  'bob@other.example',
  'bob@example.org',
  'bob@evilnews.example.org',
  'bob@news.example.org.evil.example',
  'bob',
  'a@news.example.org\nbcc: x@y.z',
])('replies never go to %j, and the editor is told where they go', (written) => {
  const issue = replyTo(written);

  expect(issue.replyTo).toBeUndefined();
  expect(issue.warnings).toMatchObject([{ code: 'reply_to_unused', values: { used: 'desk@elsewhere.example' } }]);
});
