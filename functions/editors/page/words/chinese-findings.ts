import type { FindingWords } from './findings.ts';

/** Findings by code, in Chinese. What is particular to one of them is taken out of the server's message. */
export const chineseFindings: FindingWords = {
  no_text: { says: '稿件里没有任何文字。' },
  slot_unfilled: { says: '正文里留有邮件模板的占位符，读者会原样看到。', about: [/^(.+?) is a slot/, '$1'] },
  refused_address: { says: '有链接不能从邮件里打开，已去掉，文字保留。' },
  unsubscribe_link: { says: '有一个链接是某位读者专用的退订或设置链接，每个收件人都能用它。' },
  cannot_fit: { says: '有一段文字太长，任何邮件都放不下。', about: [/at least (\d+) KB where (\d+) KB/, '至少 $1 KB，上限 $2 KB'] },

  no_date: { says: '文件里没有日期，采用上传当天的日期。' },
  looks_like: { says: '它很像一篇已有的稿件。', about: [/“(.+)” \(([a-z0-9-]+)\)/, '“$1”（$2）'] },
  long_title: { says: '标题过长，已截短。', about: [/(\d+) characters/, '$1 个字符'] },
  title_link: { says: '标题上的链接已去掉，文字保留。', about: [/link to (\S+)/, '$1'] },
  number_gap: { says: '编号不连续，按原样保留。', about: [/item (\d+) follows item (\d+)/, '$2 之后是 $1'] },
  number_repeat: { says: '编号重复，按原样保留。', about: [/item (\d+) follows item (\d+)/, '$2 之后又是 $1'] },
  not_kept: { says: '邮件里放不了的内容已略去。', about: [/^(<[^>]+>)/, '$1'] },
  relative_address: { says: '只在原网站内有效的网址已去掉，文字保留。' },
  inline_image: { says: '写在文件里的图片已略去。' },

  missing_alt: { says: '图片没有文字说明，看不到图片的读者无从得知内容。', about: [/the picture (\S+) has/, '$1'] },
  image_not_https: { says: '图片网址不是 https，许多邮件程序不会显示。', about: [/the picture (\S+) comes/, '$1'] },
  malformed_address: { says: '有链接写得不完整，打不开。' },
  empty_section: { says: '有一个栏目是空的。' },
  placeholder_left: { says: '占位符会原样发出，不会被替换。', about: [/^(.+?) is sent/, '$1'] },
  html_ignored: { says: '部分邮件程序不支持这种标签。', about: [/^(<[^>]+>) is ignored by (.+)$/, '$1：$2'] },
  css_ignored: { says: '部分邮件程序不支持这种样式。', about: [/“([^”]+)” is ignored by (.+)$/, '$1：$2'] },
  low_contrast: {
    says: '文字与背景的对比度不足。',
    about: [/text in (.+) on (.+) has a contrast of ([\d.]+), and needs ([\d.]+)/, '$2 上的 $1：$3，应有 $4'],
  },
  long_subject: { says: '主题太长，邮件程序显示不全。', about: [/has (\d+) columns; (\d+) can/, '$1 列，可见 $2 列'] },
  shortened: { says: '一封邮件放不下，有些部分会改为摘要和链接。', about: [/: (\d+) of its parts.*\((.+)\)/, '$1 处：$2'] },
  unknown_topic: { says: '文件里的主题不在设置中，已忽略。', about: [/“(.+?)” is none/, '$1'] },
  image_failed: { says: '有图片没能保存。', about: [/“(.+?)” could not be kept/, '$1'] },
  image_unused: { says: '一并上传的图片里，有的在正文中没有用到。' },
};

export const chineseReasons: Record<string, string> = {
  not_https: '网址不是 https，或用了特殊端口',
  private_address: '网址不在公网上',
  unreachable: '服务器连不上',
  timed_out: '服务器响应太慢',
  refused: '服务器不提供这张图片',
  too_many_redirects: '服务器反复跳转',
  too_large: '超过 15 MB',
  too_many_pixels: '超过 6000 万像素',
  not_a_picture: '不是 JPEG、PNG、GIF、WebP、AVIF 或 HEIC 图片',
  svg: 'SVG 图片，邮件程序不显示',
  unreadable: '图片不完整，无法读取',
};
