import type { Block } from '../../issues/issue.ts';
import { Html } from '../../platform/html.ts';

/**
 * Blocks as they were sanitised when the file was read, their headings below the one they are under (`level`): the batch of
 * their levels stays, none is passed over.
 */
export function blocksBelow(level: number, blocks: readonly Block[]): Html[] {
  const depths = blocks.flatMap(({ html }) => [...html.matchAll(/<h([1-6])\b/gi)].map(([, depth]) => Number(depth)));
  const highest = Math.min(...depths);
  let current = level;
  return blocks.map(
    ({ html }) =>
      new Html(
        html.replace(/<(\/?)h([1-6])\b/gi, (_, closing: string, depth: string) => {
          if (!closing) current = Math.min(level + 1 + Number(depth) - highest, current + 1, 6);
          return `<${closing}h${current}`;
        }),
      ),
  );
}
