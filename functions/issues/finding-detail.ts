import type { Finding, FindingCode, FindingValues } from './finding.ts';
import { failureWords } from './images/image-failure.ts';

const whyNot = {
  errors: 'the preflight found errors',
  past: 'its moment is past',
  alike: 'another issue says the same already',
  draft: 'only the first upload of a file by an editor is queued or scheduled by what it says',
} as const;

const details: { readonly [Code in FindingCode]: (values: FindingValues<Code>) => string } = {
  no_text: () => 'the issue has no text at all',
  placeholder_unfilled: ({ placeholder }) => `${placeholder} is a placeholder of a mail, and readers would see it as it is`,
  refused_link: ({ address }) => `the link to “${address}” may not be followed from a mail and was left out; its words stay`,
  refused_picture: ({ address }) => `the picture at “${address}” may not be shown in a mail and was left out`,
  private_link: ({ address }) => `“${address}” is an address of a private network; the link was left out, its words stay`,
  private_picture: ({ address }) => `“${address}” is an address of a private network; the picture was left out`,
  unsubscribe_link: ({ link }) =>
    `the link “${link}” is somebody’s own unsubscribe or preference link; every reader of this mail could use it`,
  cannot_fit: ({ kilobytes, limitKilobytes }) =>
    `the mail has at least ${kilobytes} KB where ${limitKilobytes} KB fit, however much is cut: one piece of text is too long`,

  encoding_guessed: ({ encoding }) => `the file does not say how it is encoded; it is read as ${encoding}, which is likely and not sure`,
  garbled_text: ({ sample }) => `the text was damaged by a wrong encoding before it came here: “${sample}”`,
  no_date: () => 'the file names no date; the day of the upload is used',
  date_unreadable: ({ written, date }) => `the metadata’s date “${written}” is no date that can be read; ${date} is used`,
  date_ambiguous: ({ written, date, other }) => `the date “${written}” may be ${date} or ${other}; ${date} is used`,
  date_in_part: ({ written, date }) => `the date “${written}” names no day; ${date} is used`,
  no_title: ({ title }) => `the file names no title; it is called “${title}” until its metadata name one`,
  title_from_file: ({ title }) => `the text has no title; “${title}” is what the file is called`,
  author_of_document: ({ authors }) =>
    `the mail names ${authors.join(', ')} as its author, as the properties of the Word document do; change them there if somebody else wrote it`,
  metadata_unused: ({ keys }) => `the metadata say what has no effect here: ${keys.join(', ')}`,
  schedule_unreadable: ({ written }) => `“${written}” is no moment with a day and a time; the issue is not scheduled`,
  reply_to_unused: ({ address, used, domains }) =>
    `replies go to ${used}: “${address}” is on none of this newsletter’s domains (${domains.join(', ')}) and not in the setting replyAddresses`,
  asked_not_done: ({ state, why }) => `the file says “${state}”, and the issue is a draft: ${whyNot[why]}`,
  same_number: ({ number, title, slug }) =>
    `“${title}” (${slug}) has the same number ${number}; to replace that issue, PUT /api/v1/issues/${slug}`,
  same_text: ({ date, title, slug }) =>
    `“${title}” (${slug}) has the same date ${date} and most of the same text; to replace that issue, PUT /api/v1/issues/${slug}`,
  long_title: ({ characters }) => `the title has ${characters} characters; the first 300 are kept`,
  title_link: ({ address }) => `the title’s link to ${address} was left out; its words stay`,
  number_gap: ({ number, before }) => `item ${number} follows item ${before}; the numbers are kept as written`,
  number_repeat: ({ number }) => `the number ${number} comes twice; the numbers are kept as written`,
  number_back: ({ number, before }) => `item ${number} follows the higher item ${before}; the numbers are kept as written`,
  not_kept: ({ element }) => `<${element}> has no place in a mail and was left out`,
  relative_link: ({ address }) => `the link to “${address}” leads nowhere outside of its own site and was left out; its words stay`,
  relative_picture: ({ address }) => `the picture at “${address}” cannot be found outside of its own site and was left out`,
  inline_image: () => 'a picture inside the file was left out; give it an address',
  unknown_key: ({ key }) => `“${key}” is no key of an issue; what it holds was not read`,
  mark_left_out: ({ mark }) => `“${mark}” was left out: only the program it was written for can fill it`,
  reference_missing: ({ reference }) => `“${reference}” refers to something that the file does not define, and is sent as it is`,
  frame_left_out: ({ words }) => `“${words}” belongs to the page around the text and was left out`,
  unknown_topic: ({ topic, known }) =>
    `the newsletter has no topic “${topic}” (it has ${known.join(', ') || 'none'}); without it the issue is for more readers`,
  image_failed: ({ address, reason }) =>
    `the picture “${address}” could not be kept, because ${failureWords[reason]}; it stays where it is`,
  image_removed: ({ address, reason }) =>
    `the picture “${address}” could not be kept, because ${failureWords[reason]}; its description takes its place`,
  image_unused: ({ path }) => `the picture “${path}” came with the file, and its text does not show it`,

  placeholder_left: ({ placeholder }) => `${placeholder} is sent as it is; nothing fills it`,
  hidden_direction: () => 'hidden marks turn the direction of the text; what is read may not be what is written',
  malformed_address: ({ address }) => `the link to “${address}” leads nowhere as it is written`,
  link_elsewhere: ({ words, host }) => `a link says “${words}” and leads to ${host}`,
  look_alike_host: ({ host }) => `a link leads to ${host}, whose name has letters that look like others`,
  markup_left: ({ written }) =>
    `“${written}” looks like Markdown or HTML, and readers see it as it is; a space or an empty line may be wrong there`,
  empty_section: ({ title }) => `the section “${title}” has nothing in it`,
  missing_alt: ({ address }) => `the picture ${address} has no description for people who cannot see it`,
  image_not_https: ({ address }) => `the picture ${address} comes without https; many mail programs will not show it`,
  html_ignored: ({ element, clients }) => `<${element}> is ignored by ${clients}`,
  css_ignored: ({ style, clients }) => `the style “${style}” is ignored by ${clients}`,
  low_contrast: ({ text, ground, contrast, needed }) => `text in ${text} on ${ground} has a contrast of ${contrast}, and needs ${needed}`,
  long_subject: ({ columns, limit }) => `the subject has ${columns} columns; ${limit} can be seen`,
  shortened: ({ parts, titles }) =>
    `too long for one mail: ${parts} of its parts become a summary and a link (${titles.join('; ')}${titles.length < parts ? '; …' : ''})`,
};

/** A finding in English, for logs and for programs. */
export const findingDetail = ({ code, values }: Finding): string => (details[code] as (values: Finding['values']) => string)(values);
