/** What takes a mark's place; `leftOut`: something of the text is missing now, and the editor has to know. */
export type Resolved = { text: string; leftOut?: boolean };
