import { expect, test } from 'vitest';
import { NotOneIssue, oneIssue } from '../../functions/desk/issues/chosen-files.ts';

const named = (name: string, type = '') => ({ name, file: new File(['x'], name.split('/').at(-1) ?? '', { type }) });

test('a file alone is the issue, whatever its name', () => {
  expect(oneIssue([named('issue.zip')])).toMatchObject({ issue: { name: 'issue.zip' }, images: [] });
  expect(oneIssue([named('untitled')]).issue.name).toBe('untitled');
});

test('pictures beside a file keep the names its relative addresses use', () => {
  const { issue, images } = oneIssue([named('week 12/pictures/a.png', 'image/png'), named('week 12/issue.md'), named('week 12/.DS_Store')]);

  expect(issue.name).toBe('issue.md');
  expect(images.map(({ name }) => name)).toEqual(['pictures/a.png']);
});

test('pictures without a text, and two texts, are no issue; what could be one is named', () => {
  const candidates = (...files: ReturnType<typeof named>[]) => {
    try {
      return oneIssue(files);
    } catch (error) {
      return error instanceof NotOneIssue ? error.candidates : error;
    }
  };

  expect(candidates(named('a.png', 'image/png'))).toEqual([]);
  expect(candidates(named('a.md'), named('b.html'))).toEqual(['a.md', 'b.html']);
});
