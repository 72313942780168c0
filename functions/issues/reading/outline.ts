import type { Finding } from '../finding.ts';
import { takeClosing } from './find-closing.ts';
import { type FoundItem, findItems } from './find-items.ts';
import { findSections } from './find-sections.ts';
import { partOf } from './flow.ts';
import type { FlowBlock } from './flow-block.ts';
import { splitTitle } from './split-title.ts';

export type OutlinedSection = { title: string; url: string | null; blocks: FlowBlock[]; items: FoundItem[] };
export type Outline = { intro: FlowBlock[]; sections: OutlinedSection[]; closing: FlowBlock[]; warnings: Finding[] };

/** The structure of a text without its title: introduction, sections with their items, closing. */
export function outlineOf(all: readonly FlowBlock[]): Outline {
  const notes = all.filter(({ kind }) => kind === 'footnotes');
  const outline = outlineWithoutNotes(notes.length > 0 ? all.filter(({ kind }) => kind !== 'footnotes') : all);
  // They belong to the whole text, and not to the item that comes last.
  outline.closing.push(...notes);
  return outline;
}

function outlineWithoutNotes(blocks: readonly FlowBlock[]): Outline {
  const found = findSections(blocks);
  if (found.sections.length === 0) return withoutSections(found.intro);
  const warnings: Finding[] = [];
  const sections = found.sections.map(({ title, blocks: inside }): OutlinedSection => {
    const { text, url, rest } = splitTitle(title.nodes);
    const items = findItems([...rest.map((nodes) => partOf(title, nodes)), ...inside], found.level);
    warnings.push(...items.warnings);
    return { title: text, url, blocks: items.blocks, items: items.items };
  });
  return { intro: found.intro, sections, closing: takeClosing(found.intro, sections), warnings };
}

/** Items that follow one another without any section are one section without a title. */
function withoutSections(blocks: FlowBlock[]): Outline {
  const { blocks: intro, items, warnings } = findItems(blocks, 0);
  const sections = items.length > 0 ? [{ title: '', url: null, blocks: [], items }] : [];
  return { intro, sections, closing: takeClosing(intro, sections), warnings };
}
