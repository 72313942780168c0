import type { FindingWords } from './findings.ts';

/** Findings by code, in English. What is particular to one of them is taken out of the server's message. */
export const englishFindings: FindingWords = {
  // What keeps an issue from being queued
  no_text: { says: 'The issue has no text at all.' },
  slot_unfilled: { says: 'A slot of a mail’s stands in the text; readers would see it as it is.', about: [/^(.+?) is a slot/, '$1'] },
  refused_address: { says: 'A link may not be followed from a mail; it was left out, its words stay.' },
  unsubscribe_link: { says: 'A link is somebody’s own unsubscribe or preference link; every reader could use it.' },
  cannot_fit: {
    says: 'One piece of text is too long for any mail.',
    about: [/at least (\d+) KB where (\d+) KB/, 'at least $1 KB where $2 KB fit'],
  },

  // From reading the file
  no_date: { says: 'The file names no date; the day of the upload is used.' },
  looks_like: { says: 'This looks like an issue that is already here.', about: [/“(.+)” \(([a-z0-9-]+)\)/, '“$1” ($2)'] },
  long_title: { says: 'The title was too long and was cut.', about: [/(\d+) characters/, '$1 characters'] },
  title_link: { says: 'The title’s link was left out; its words stay.', about: [/link to (\S+)/, '$1'] },
  number_gap: { says: 'The count has a gap; the numbers are kept as written.', about: [/item (\d+) follows item (\d+)/, '$2, then $1'] },
  number_repeat: {
    says: 'A number comes again; the numbers are kept as written.',
    about: [/item (\d+) follows item (\d+)/, '$2, then $1'],
  },
  not_kept: { says: 'Something has no place in a mail and was left out.', about: [/^(<[^>]+>)/, '$1'] },
  relative_address: { says: 'An address leads nowhere outside of its own site; it was left out, its words stay.' },
  inline_image: { says: 'A picture written into the file was left out.' },

  // How it will fare as a mail
  missing_alt: { says: 'A picture has no words for who cannot see it.', about: [/the picture (\S+) has/, '$1'] },
  image_not_https: {
    says: 'A picture comes without https; many mail programs will not show it.',
    about: [/the picture (\S+) comes/, '$1'],
  },
  malformed_address: { says: 'A link leads nowhere as it is written.' },
  empty_section: { says: 'A section has nothing in it.' },
  placeholder_left: { says: 'A placeholder is sent as it is; nothing fills it.', about: [/^(.+?) is sent/, '$1'] },
  html_ignored: { says: 'Some mail programs ignore this markup.', about: [/^(<[^>]+>) is ignored by (.+)$/, '$1: $2'] },
  css_ignored: { says: 'Some mail programs ignore this style.', about: [/“([^”]+)” is ignored by (.+)$/, '$1: $2'] },
  low_contrast: {
    says: 'Text stands out too little from what is behind it.',
    about: [/text in (.+) on (.+) has a contrast of ([\d.]+), and needs ([\d.]+)/, '$1 on $2: $3, needs $4'],
  },
  long_subject: {
    says: 'The subject is longer than mail programs show.',
    about: [/has (\d+) columns; (\d+) can/, '$1 columns, $2 are seen'],
  },
  shortened: {
    says: 'Too long for one mail: some parts become a summary and a link.',
    about: [/: (\d+) of its parts.*\((.+)\)/, '$1: $2'],
  },
  unknown_topic: { says: 'A topic in the file is none of the newsletter’s, and is left out.', about: [/“(.+?)” is none/, '$1'] },
  image_failed: { says: 'A picture could not be kept.', about: [/“(.+?)” could not be kept, because (.+)$/, '$1: $2'] },
  image_unused: { says: 'A picture came along that the text does not show.' },
};

export const englishReasons: Record<string, string> = {
  not_https: 'no https address on the usual port',
  private_address: 'its address is not on the public internet',
  unreachable: 'its server cannot be reached',
  timed_out: 'its server took too long',
  refused: 'its server did not hand it out',
  too_many_redirects: 'its server sends on from one address to the next',
  too_large: 'larger than 15 MB',
  too_many_pixels: 'more than 60 million pixels',
  not_a_picture: 'no JPEG, PNG, GIF, WebP, AVIF or HEIC picture',
  svg: 'an SVG, which mail programs do not show',
  unreadable: 'cannot be read to its end',
};
