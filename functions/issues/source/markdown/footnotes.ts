import type { MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';
import footnotePlugin from 'markdown-it-footnote';

type Note = { label?: string; count?: number; content?: string; tokens?: Token[] };
type Notes = { refs?: Record<string, number>; list?: Note[] };
type Environment = { footnotes?: Notes };

/** The plugin copies the whole text for each note, so their number is limited; more stay as they are written. */
const maxNotes = 1_000;
const label = /\[\^([^\]\s[]{1,80})\]/y;
/** `^[a note where it is]`, without another one inside. */
const inline = /\^\[((?:[^[\]\n]|\[[^[\]\n]{0,500}\]){1,2000})\]/y;

/**
 * Footnotes, `[^1]` and `^[…]`, at the end of the text. The plugin's own rules for what is inside a line look to the end
 * of it each time and open a parser per level, so ours take their place; and a note that nothing refers to stays.
 */
export function footnotes(markdown: MarkdownIt): void {
  footnotePlugin(markdown);
  markdown.inline.ruler.disable(['footnote_inline', 'footnote_ref']);
  markdown.inline.ruler.after('footnote_ref', 'note_reference', reference);
  markdown.inline.ruler.after('note_reference', 'note_inside', inside);
  markdown.core.ruler.before('footnote_tail', 'notes_kept', keepAll);
  markdown.renderer.rules.footnote_block_open = () => '<section class="footnotes">\n<ol>\n';
}

const notesOf = ({ env }: { env: unknown }): Notes => {
  const environment = env as Environment;
  environment.footnotes ??= {};
  return environment.footnotes;
};

function listed(notes: Notes, note: Note): number | undefined {
  notes.list ??= [];
  if (notes.list.length >= maxNotes) return undefined;
  return notes.list.push(note) - 1;
}

function reference(state: StateInline, silent: boolean): boolean {
  label.lastIndex = state.pos;
  const [written, name] = label.exec(state.src) ?? [];
  const notes = notesOf(state);
  const known = name === undefined ? undefined : notes.refs?.[`:${name}`];
  if (written === undefined || name === undefined || known === undefined) return false;
  if (!silent) {
    const id = known >= 0 ? known : listed(notes, { label: name, count: 1 });
    if (id === undefined) return false;
    if (notes.refs) notes.refs[`:${name}`] = id;
    state.push('footnote_ref', '', 0).meta = { id, subId: 0, label: name };
  }
  state.pos += written.length;
  return true;
}

function inside(state: StateInline, silent: boolean): boolean {
  inline.lastIndex = state.pos;
  const [written, content] = inline.exec(state.src) ?? [];
  if (written === undefined || content === undefined) return false;
  if (!silent) {
    const tokens: Token[] = [];
    const id = listed(notesOf(state), { content, tokens, count: 1 });
    if (id === undefined) return false;
    state.md.inline.parse(content, state.md, state.env, tokens);
    state.push('footnote_ref', '', 0).meta = { id, subId: 0 };
  }
  state.pos += written.length;
  return true;
}

/** Notes that nothing refers to, and second notes of one name, are text as well. */
function keepAll(state: StateCore): void {
  const notes = notesOf(state);
  const seen = new Set<string>();
  for (const { type, meta } of state.tokens) {
    if (type !== 'footnote_reference_open') continue;
    const name = meta as { label: string };
    if (seen.has(name.label)) {
      name.label = `${name.label} ${seen.size}`;
      if (notes.refs) notes.refs[`:${name.label}`] = -1;
    }
    seen.add(name.label);
  }
  for (const [key, id] of Object.entries(notes.refs ?? {})) if (id < 0) listed(notes, { label: key.slice(1), count: 1 });
  if (!notes.list) delete (state.env as Environment).footnotes;
}
