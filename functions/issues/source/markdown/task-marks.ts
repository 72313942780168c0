import type { MarkdownIt } from 'markdown-it';

/** `- [x] done`: GitHub's boxes become signs, since a mail has no forms. */
export function taskMarks(markdown: MarkdownIt): void {
  markdown.core.ruler.after('text_join', 'task_marks', ({ tokens }) => {
    tokens.forEach((token, n) => {
      const [first] = token.children ?? [];
      if (first?.type !== 'text' || tokens[n - 2]?.type !== 'list_item_open') return;
      const mark = /^\[([ xX])\](?=\s)/.exec(first.content);
      if (mark) first.content = `${mark[1] === ' ' ? '☐' : '☑'}${first.content.slice(3)}`;
    });
  });
}
