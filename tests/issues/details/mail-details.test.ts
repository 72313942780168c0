import { expect, test } from 'vitest';
import { mailDetails } from '../../../functions/issues/details/mail-details.ts';
import { read } from '../reading-an-issue.ts';

const said = (value: object, title = 'Garden') => mailDetails(new Map(Object.entries(value)), { title, timeZone: 'Asia/Shanghai' });

test('a subject beside a title is the mail’s, and alone it is the title', () => {
  expect(said({ subject: 'Read this', title: 'Garden' }).subject).toBe('Read this');
  expect(said({ subject: 'Garden' }).subject).toBeUndefined();
});

test('a preheader is not lost behind a description', () => {
  expect(said({ description: 'For lists', preview_text: 'For the inbox' }).preheader).toBe('For the inbox');
});

test.each([
  ['Ann', ['Ann']],
  ['By Ann Lee', ['Ann Lee']],
  ['作者：王小明', ['王小明']],
  [
    ['Ann', 'Bob', 'Ann'],
    ['Ann', 'Bob'],
  ],
  [
    [{ name: 'Ann', url: 'https://ann.example.org' }, 'Bob <bob@example.org>'],
    ['Ann', 'Bob'],
  ],
  ['ann@example.org (Ann)', ['Ann']],
  [{ name: 'Ann' }, ['Ann']],
])('authors %j are named, without their addresses', (author, names) => {
  expect(said({ author }).authors).toEqual(names);
});

test.each(['ann@example.org', 'https://example.org/ann', 'admin', '', 7])('%j is nobody’s name', (author) => {
  expect(said({ author }).authors).toBeUndefined();
});

test('a canonical address is on the web, and anything else is named', () => {
  expect(said({ canonicalUrl: 'https://example.org/a' }).canonical).toBe('https://example.org/a');
  for (const canonical of ['javascript:alert(1)', '/a', 'https://ann:secret@example.org/a', 'ftp://example.org/a'])
    expect(said({ canonical }), canonical).toMatchObject({ unused: ['canonical'] });
});

test('queued asks for the next digest, and a moment for that moment, on the newsletter’s clock where it has no zone', () => {
  expect(said({ status: 'Queued' })).toMatchObject({ asked: { state: 'queued' }, unused: [] });
  for (const schedule of ['2026-12-01T09:00:00+08:00', '2026-12-01 09:00', '2026/12/1 9:00', '2026-12-01T01:00Z', '2026-12-01 01:00 UTC'])
    expect(said({ schedule }), schedule).toMatchObject({ asked: { state: 'scheduled', at: '2026-12-01T01:00:00.000Z' }, unused: [] });
});

test.each(['2026-12-01', 'tomorrow', '2026-02-30 09:00', '2026-12-01 25:00', '09:00'])(
  '%s is no moment, and nothing is scheduled',
  (schedule) => {
    const { asked, warnings } = said({ schedule, status: 'scheduled' });

    expect(asked).toBeUndefined();
    expect(warnings).toEqual([{ code: 'schedule_unreadable', values: { written: schedule } }]);
  },
);

test('a draft stays one, whatever else is said, and what has no effect is named', () => {
  expect(said({ status: 'draft' })).toMatchObject({ unused: [], warnings: [] });
  expect(said({ draft: true, send_at: '2026-12-01 09:00' })).toMatchObject({ unused: ['schedule'] });
  expect(said({ status: 'draft', schedule: '2026-12-01 09:00' }).asked).toBeUndefined();
  for (const status of ['published', 'scheduled', 'sent']) expect(said({ status }), status).toMatchObject({ unused: ['status'] });
});

test('what a file says is in the issue, and its own cover goes before the pictures of its text', () => {
  const issue = read(
    '---\ntitle: Garden\nsubject: Read this\nauthor: Ann\ncover: https://example.org/cover.png\nstatus: queued\n---\n![a](https://example.org/a.png)\n\ntext',
  );

  expect(issue).toMatchObject({
    title: 'Garden',
    subject: 'Read this',
    authors: ['Ann'],
    cover: 'https://example.org/cover.png',
    asked: { state: 'queued' },
  });
  expect(issue.warnings.filter(({ code }) => code === 'metadata_unused')).toEqual([]);
});

test('a cover that cannot be had is named', () => {
  expect(read('---\ntitle: Garden\ncover: images/a.png\n---\ntext').warnings).toContainEqual({
    code: 'metadata_unused',
    values: { keys: ['cover'] },
  });
});

test('the state of an issue elsewhere is no asked', () => {
  const answer = {
    title: 'Garden',
    state: 'queued',
    scheduledFor: '2026-12-01T09:00:00Z',
    intro: [{ html: '<p>text</p>' }],
    sections: [],
    closing: [],
  };

  expect(read(JSON.stringify(answer)).asked).toBeUndefined();
});
