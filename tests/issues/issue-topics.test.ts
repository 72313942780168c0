import { expect, test } from 'vitest';
import { withKnownTopics } from '../../functions/issues/issue-topics.ts';
import { readIssueFile } from '../../functions/issues/read-issue-file.ts';

const declared = [
  { id: 'robots', name: { 'zh-CN': '机器人', en: 'Robots' } },
  { id: 'chips', name: 'Chips' },
];
const read = (metadata: string) =>
  withKnownTopics(
    readIssueFile(Buffer.from(`---\ntitle: A week\ndate: 2026-11-20\n${metadata}\n---\n\nSome text.`), {
      timeZone: 'UTC',
      locale: 'en',
      now: new Date('2026-11-20T08:00:00Z'),
    }),
    declared,
  );

test.each([
  ['topics: [robots, chips]', ['robots', 'chips']],
  ['topics: Robots、CHIPS', ['robots', 'chips']],
  ['topic: 机器人', ['robots']],
  ['topics: [robots, Robots, 机器人]', ['robots']],
  ['tags: [robots]', undefined],
  ['topics: 7', undefined],
])('a file that says “%s” is for %j', (metadata, topics) => {
  const content = read(metadata);

  expect(content.topics).toEqual(topics);
  expect(content.warnings).toEqual([]);
});

test('a topic that the newsletter does not have is left out, and said', () => {
  const content = read('topics: [ships, chips]');

  expect(content.topics).toEqual(['chips']);
  expect(content.warnings).toMatchObject([{ code: 'unknown_topic', values: { topic: 'ships' } }]);
});
