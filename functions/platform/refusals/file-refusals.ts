import type { RefusalKind } from './refusal-kind.ts';

type Line = { line: number };
type Path = { path: string };
type Size = { megabytes: number; limitMegabytes: number };

const tooLarge = ({ megabytes, limitMegabytes }: Size) => `The file has ${megabytes} MB; it may have ${limitMegabytes} MB.`;
const useText = 'an issue is a text: HTML, Markdown or JSON';

/** What would do instead of a format that is not read. */
const notRead = {
  AsciiDoc: 'Make HTML of it (asciidoctor FILE) and upload that.',
  reStructuredText: 'Make HTML of it (rst2html FILE, or pandoc) and upload that.',
  Org: 'Export it as HTML or Markdown (C-c C-e) and upload that.',
  LaTeX: 'Make HTML or Markdown of it (pandoc FILE -t markdown) and upload that.',
  Jupyter: 'Make HTML of the notebook (jupyter nbconvert --to html FILE) and upload that.',
  MHTML: 'Save the page as “Webpage, HTML only”, or as a complete page in a ZIP, and upload that.',
  XML: 'Of XML, feeds of one item are read; export the text as HTML or Markdown.',
} as const;

/** Why a file that an editor brought is not taken: an issue, the pictures with it, or a list of readers. */
export const fileRefusals = {
  empty_request: { status: 400, detail: () => 'The request is empty: send the file as its body, or as the form field “file”.' },
  empty_file: { status: 422, detail: () => 'The file is empty.' },
  no_file_field: {
    status: 400,
    detail: ({ fields }: { fields: readonly string[] }) => `The form has no field “file”, only: ${fields.join(', ') || 'nothing'}.`,
  },
  upload_not_found: {
    status: 404,
    detail: ({ days }: { days: number }) =>
      `Nothing has arrived for this upload, or it is older than ${days === 1 ? 'a day' : `${days} days`}. Upload the file again.`,
  },
  request_too_large: {
    status: 413,
    detail: ({ megabytes, limitMegabytes }: Size) =>
      `The upload has ${megabytes} MB; up to ${limitMegabytes} MB fit into one request. POST /api/v1/uploads takes more.`,
  },
  file_too_large: { status: 413, detail: tooLarge },
  text_too_large: {
    status: 413,
    detail: ({ kilobytes, limitKilobytes }: { kilobytes: number; limitKilobytes: number }) =>
      `The file has ${kilobytes} KB of text; an issue may have ${limitKilobytes} KB.`,
  },
  too_many_elements: { status: 413, detail: ({ most }: { most: number }) => `The file has more than ${most} elements.` },
  too_many_pictures: {
    status: 413,
    detail: ({ pictures, most }: { pictures: number; most: number }) => `The upload has ${pictures} pictures; it may have ${most}.`,
  },

  office_file: {
    status: 415,
    detail: () => 'This is an Office file other than .docx. Save it as .docx, as HTML or as text, and upload that.',
  },
  format_not_read: {
    status: 415,
    detail: ({ format }: { format: keyof typeof notRead }) => `This is ${format}, which is not read here. ${notRead[format]}`,
  },
  list_of_readers: {
    status: 415,
    detail: () =>
      'This is a list of addresses and no issue; nothing of it was kept. Lists of readers are imported at POST /api/v1/imports.',
  },
  mail_damaged: { status: 422, detail: () => 'This mail is damaged, or made of too many parts to be read.' },
  several_posts: {
    status: 422,
    detail: ({ posts }: { posts: number }) => `The file holds ${posts} posts, and an issue is one. Export that one alone.`,
  },
  pdf_file: { status: 415, detail: () => `This is a PDF; ${useText}. Upload the document that the PDF was made from.` },
  rtf_file: { status: 415, detail: () => 'This is an RTF file. Save it as HTML, or as text, and upload that.' },
  packed_file: { status: 415, detail: () => `This is a packed file; ${useText}, alone or in one ZIP with its pictures.` },
  picture_file: { status: 415, detail: () => `This is a picture; ${useText}.` },
  binary_file: { status: 415, detail: () => `This is a binary file; ${useText}.` },

  no_text: { status: 422, detail: () => 'The file has no text.' },
  undecodable_text: {
    status: 422,
    detail: ({ line }: Line) => `Line ${line}: these bytes are no text in the encoding of the rest. Save the file as UTF-8.`,
  },
  encoding_unsure: {
    status: 422,
    detail: ({ candidates }: { candidates: readonly string[] }) =>
      `The file does not say how it is encoded, and it could be ${candidates.join(', ')}. Save it as UTF-8, or upload it with ?encoding=${candidates[0] ?? ''}.`,
  },
  encoding_unknown: {
    status: 400,
    detail: ({ name }: { name: string }) => `No encoding is called “${name}”; one is big5, shift_jis or windows-1252.`,
  },
  elements_too_deep: {
    status: 422,
    detail: ({ line, most }: Line & { most: number }) => `Line ${line}: elements are nested more than ${most} deep.`,
  },
  quotes_too_deep: {
    status: 422,
    detail: ({ line, most }: Line & { most: number }) => `Line ${line}: quotes or lists are nested more than ${most} deep.`,
  },
  metadata_invalid: {
    status: 422,
    detail: ({ line, format, reason }: Line & { format: 'YAML' | 'TOML' | 'JSON'; reason: string }) =>
      `Line ${line}: the metadata is no valid ${format}: ${reason}.`,
  },
  metadata_colon: {
    status: 422,
    detail: ({ line, key }: Line & { key: string }) => `Line ${line}: put the value of “${key}” in quotes, because it holds a colon.`,
  },
  metadata_open_quote: {
    status: 422,
    detail: ({ line }: Line) => `Line ${line}: a quote or a bracket of the metadata is opened and not closed.`,
  },
  metadata_tab: { status: 422, detail: ({ line }: Line) => `Line ${line}: the metadata are indented by a tab; use spaces.` },
  metadata_character: {
    status: 422,
    detail: ({ line, character }: Line & { character: string }) =>
      `Line ${line}: put the value in quotes, because it begins with ${character}.`,
  },
  metadata_language: {
    status: 422,
    detail: ({ line, language }: Line & { language: string }) =>
      `Line ${line}: metadata in “${language}” is not read; write YAML between two lines of ---.`,
  },
  metadata_too_large: {
    status: 422,
    detail: ({ line, limitKilobytes }: Line & { limitKilobytes: number }) =>
      `Line ${line}: the metadata has more than ${limitKilobytes} KB.`,
  },
  metadata_too_deep: { status: 422, detail: ({ line }: Line) => `Line ${line}: the metadata is nested too deep.` },
  metadata_tag: { status: 422, detail: ({ line, tag }: Line & { tag: string }) => `Line ${line}: the YAML tag ${tag} is not read.` },
  metadata_key: { status: 422, detail: ({ line }: Line) => `Line ${line}: a key of the metadata has to be a plain word.` },
  metadata_aliases: {
    status: 422,
    detail: ({ line, reason }: Line & { reason: string }) =>
      `Line ${line}: the metadata refers to itself in a way that is not read: ${reason}.`,
  },
  key_not_allowed: { status: 422, detail: ({ line, key }: Line & { key: string }) => `Line ${line}: a key may not be called ${key}.` },
  invalid_json: {
    status: 422,
    detail: ({ line, reason }: Line & { reason: string }) => `Line ${line}: this is no valid JSON: ${reason}.`,
  },
  /** `errors` says what an issue of the API would have. */
  json_without_issue: { status: 422, detail: () => 'This JSON is neither an issue as the API answers it nor one item of a JSON Feed.' },

  archive_too_large: {
    status: 413,
    detail: ({ megabytes, limitMegabytes }: Size) => `The archive unpacks to ${megabytes} MB; it may unpack to ${limitMegabytes} MB.`,
  },
  archive_too_many_entries: { status: 422, detail: ({ most }: { most: number }) => `The archive has more than ${most} entries.` },
  archive_ratio: {
    status: 422,
    detail: ({ path, times }: Path & { times: number }) => `“${path}” in the archive unpacks to more than ${times} times its size.`,
  },
  archive_damaged: { status: 422, detail: () => 'The archive is damaged or incomplete.' },
  archive_entry_damaged: { status: 422, detail: ({ path }: Path) => `“${path}” in the archive is damaged.` },
  archive_locked: { status: 422, detail: ({ path }: Path) => `“${path}” in the archive is locked with a password.` },
  archive_packing: { status: 422, detail: ({ path }: Path) => `“${path}” in the archive is packed in a way other than deflate.` },
  archive_path: { status: 422, detail: ({ path }: Path) => `The path “${path}” leads out of the archive.` },
  archive_without_text: { status: 422, detail: () => 'The archive holds no text: no .md, .html, .txt or .json.' },
  archive_several_texts: {
    status: 422,
    detail: ({ paths }: { paths: readonly string[] }) =>
      `The archive holds several texts (${paths.join(', ')}), and one of them has to be the issue.`,
  },

  workbook_damaged: { status: 422, detail: () => 'The Excel workbook cannot be read. Save it again as .xlsx, or its sheet as CSV.' },
  list_too_long: {
    status: 413,
    detail: ({ rows }: { rows: number }) => `The list has more than ${rows} rows. Cut it into several files.`,
  },
  list_too_many_columns: {
    status: 422,
    detail: ({ columns, most }: { columns: number; most: number }) => `The first row has ${columns} columns; a list may have ${most}.`,
  },
  list_without_addresses: {
    status: 422,
    detail: () => 'No column of this file holds email addresses. Say which one does, or which delimiter or encoding it has.',
  },
} satisfies Record<string, RefusalKind>;
