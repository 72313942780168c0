import { expect, test } from 'vitest';
import type { IssueContent } from '../../../functions/issues/issue.ts';
import { issueFindings } from '../../../functions/issues/preflight/issue-findings.ts';
import { anIssue, aParagraph } from '../an-issue.ts';
import { read } from '../reading-an-issue.ts';

const found = (issue: IssueContent) => {
  const { errors, warnings } = issueFindings(issue);
  return { errors: errors.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
};
const inMarkdown = (text: string) => found(read(`Title: 周报\nDate: 2026-11-20\n\n${text}`));

test('a sound issue has nothing against it', () => {
  expect(found(anIssue())).toEqual({ errors: [], warnings: [] });
});

test('an issue of pictures alone has no text at all', () => {
  const picture = { kind: 'image' as const, text: '', html: '<p><img src="https://a.example/b.png" alt="河" /></p>' };

  expect(found(anIssue({ intro: [picture], sections: [] })).errors).toEqual(['no_text']);
});

test.each(['[甲](javascript:alert(1))', '[甲](file:///etc/passwd)', '<a href="vbscript:x">甲</a>'])(
  '%s was refused when it was read, and keeps the issue back, with its line',
  (link) => {
    const { errors } = issueFindings(read(`Title: 周报\nDate: 2026-11-20\n\n正文 ${link}`));

    expect(errors).toMatchObject([{ code: 'refused_link', line: 4 }]);
  },
);

test.each([
  '[Unsubscribe](https://example.org/u/4711)',
  '[退订](https://example.org/leave)',
  '[here](https://news.us1.list-manage.com/unsubscribe?u=1&id=2)',
  '[here](https://other.example/unsubscribe?t=abcdef)',
  '[here](https://other.example/email-preferences/8f14e45fceea167a5a36dedd4bea2543)',
  '[here](mailto:leave@example.org?subject=unsubscribe)',
  '[Manage your preferences](https://example.org/me)',
])('%s would let every reader sign somebody else off', (link) => {
  expect(inMarkdown(`文 ${link}`).errors).toEqual(['unsubscribe_link']);
});

test.each([
  '[RxJS](https://rxjs.dev/api/index/class/Subscription#unsubscribe)',
  '[How unsubscribing became a right](https://example.org/2026/unsubscribe-history)',
  '[取消订阅的艺术](https://example.org/essay)',
])('%s is about leaving lists, and may stay', (link) => {
  expect(inMarkdown(`文 ${link}`)).toEqual({ errors: [], warnings: [] });
});

test('placeholders of this newsletter are errors, other templates’ are warned of, and inside code both are text', () => {
  expect(inMarkdown('点这里 {{unsubscribeUrl}}')).toEqual({ errors: ['placeholder_unfilled'], warnings: [] });
  expect(inMarkdown('你好 {{first_name}}')).toEqual({ errors: [], warnings: ['placeholder_left'] });
  expect(inMarkdown('写作 `{{unsubscribeUrl}}`：\n\n```\n{{first_name}}\n```')).toEqual({ errors: [], warnings: [] });
});

test('a template’s tag is warned of however much it says', () => {
  const { warnings } = issueFindings(
    read(`<html><head><title>周报</title></head><body><p>文 {% include box.html text="${'潮水 '.repeat(60)}" %}</p></body></html>`),
  );

  expect(warnings.map(({ code }) => code)).toContain('placeholder_left');
});

test('pictures without words or https, and links that lead nowhere, are warned of', () => {
  expect(inMarkdown('文 ![](https://a.example/b.png)').warnings).toEqual(['missing_alt']);
  expect(inMarkdown('文 ![河](http://a.example/b.png)').warnings).toEqual(['image_not_https']);
  expect(inMarkdown('文 [甲](/about)').warnings).toEqual(['relative_link']);
  expect(inMarkdown('文 [甲](https://https//a.example/) [乙](http://intranet/x)').warnings).toEqual(['private_link', 'malformed_address']);
});

test('a picture that the newsletter keeps is not blamed for the host of a run on this machine', () => {
  const html = '<p><img src="http://localhost:3000/images/a.png" alt="河"></p>';
  const issue = anIssue({ intro: [{ kind: 'image', text: '', html }], images: [] });
  const keeps = { ...issue, images: [{ url: 'http://localhost:3000/images/a.png', alt: '河', state: 'kept' as const }] };

  expect(issueFindings(issue).warnings.map(({ code }) => code)).toContain('image_not_https');
  expect(issueFindings(keeps).warnings.map(({ code }) => code)).not.toContain('image_not_https');
});

test('an empty section is named', () => {
  const { warnings } = issueFindings(anIssue({ sections: [{ title: '活动', blocks: [], items: [] }] }));

  expect(warnings).toEqual([{ code: 'empty_section', values: { title: '活动' }, path: 'sections.0' }]);
});

test('what mail programs ignore is named with those programs, once each, at its first line', () => {
  const { warnings } = issueFindings(
    read(
      '---\ntitle: 周报\ndate: 2026-11-20\n---\n<div>\n<p style="position: absolute; text-align:center">甲</p>\n<p style="position:fixed">乙</p>\n<ruby>汉<rt>hàn</rt></ruby><div style="display:flex">丙</div></div>',
    ),
  );

  expect(warnings).toMatchObject([
    { code: 'css_ignored', line: 6, values: { style: 'position', clients: expect.stringContaining('Gmail') } },
    { code: 'html_ignored', line: 8, values: { element: 'ruby' } },
    { code: 'html_ignored', line: 8, values: { element: 'rt' } },
    { code: 'css_ignored', line: 8, values: { style: 'display: flex' } },
  ]);
});

test('text that is hard to see on its ground is named with its contrast', () => {
  const grey = '<p style="color:#bbbbbb">淡</p>';
  const { warnings } = issueFindings(
    read(`---\ntitle: 周报\ndate: 2026-11-20\n---\n<div>${grey}<div style="background:#000"><p style="color: #fff">白</p></div></div>`),
  );

  expect(warnings).toMatchObject([{ code: 'low_contrast', values: { text: '#bbbbbb', contrast: 1.9, needed: 4.5 }, line: 5 }]);
});

test('a list of a hundred thousand of one fault is cut, and never the errors among it', () => {
  const many = `${'[a](/b) '.repeat(500)}[x](javascript:1)`;

  expect(issueFindings(read(`Title: a\nDate: 2026-11-20\n\n${many}`)).errors).toHaveLength(1);
  expect(issueFindings(anIssue({ intro: [aParagraph('文')] })).errors).toEqual([]);
});

test('signs of Markdown and HTML that readers would see are warned of, and inside code they are text', () => {
  const left = (source: string) => inMarkdown(source).warnings;

  expect(left('看[上周\n的汇总](https://a.example/?q=1\n&r=2)。')).toContain('markup_left');
  expect(left('<div>甲 **注意** 乙</div>')).toEqual(['markup_left']);
  expect(left('<div>\n### 工具\n</div>')).toEqual(['markup_left']);
  expect(left('甲 &lt;/td&gt; 乙')).toEqual(['markup_left']);
  expect(left('传入 **kwargs 与 **args；`**粗**`；a &lt; b；2 ** 3 ** 4\n\n```\n[a](https://b.example) </td>\n```')).toEqual([]);
});

test('of a whole page it is not said what mail programs make of its markup and styles', () => {
  const styled = '<p style="position: fixed; color: #ccc">甲</p><abbr>乙</abbr>';
  const codesOf = (file: string) => issueFindings(read(file)).warnings.map(({ code }) => code);

  expect(codesOf(`---\ntitle: 周报\ndate: 2026-11-20\n---\n<div>${styled}</div>`)).toEqual(['css_ignored', 'low_contrast', 'html_ignored']);
  expect(codesOf(`<!doctype html><html><head><title>周报 2026-11-20</title></head><body>${styled}</body></html>`)).toEqual([]);
});
