import type { FilePreviewAnswer } from '../../../functions/api/issues/file-preview-endpoint.ts';
import type { FindingAnswer } from '../../../functions/api/issues/finding-answer.ts';
import type { Context } from '../frame/context.ts';
import { findingsIn } from './finding-lines.ts';

export type Previewed = FilePreviewAnswer & { file: string; errors: FindingAnswer[]; warnings: FindingAnswer[] };

/** By which a later run finds its comment again. */
const mark = '<!-- periodical: previews of issues -->';

/** What a pull request's comment says: of each file its page, what happens when it is merged, and what the preflight found. */
export function commentOn(files: readonly Previewed[], context: Pick<Context, 'words' | 'locale'>): string {
  return `${[mark, ...files.flatMap((file) => paragraphsOn(file, context))].join('\n\n')}\n`;
}

function paragraphsOn(file: Previewed, context: Pick<Context, 'words' | 'locale'>): string[] {
  const { comment } = context.words.issues;
  const { title, url, date, preflight, asked, issue } = file;
  const found = findingsIn(file, context);
  const kilobytes = (bytes: number) => Math.ceil(bytes / 1000);
  return [
    `### ${asText(title)}`,
    `**[${comment.look}](${url})** · \`${file.file.replaceAll('`', '')}\` · ${date}`,
    comment.becomes({ asked: asked?.state, at: asked?.state === 'scheduled' ? asked.at : '', state: issue?.state }),
    comment.size(kilobytes(preflight.bytes.html), kilobytes(preflight.bytes.budget)),
    ...(found.length === 0
      ? [comment.nothingFound]
      : [
          found.map(({ place, isError, says }) => `- ${isError ? '❌' : '⚠️'} \`${place.replaceAll('`', '')}\`: ${asText(says)}`).join('\n'),
        ]),
  ];
}

/** Titles and findings quote what somebody wrote: it is no markup here, calls nobody by name and refers to no issue of the repository. */
const asText = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .slice(0, 500)
    .replace(/[\\`*_{}[\]()#+!|<>~@&:-]/g, (sign) => `&#${sign.charCodeAt(0)};`);
