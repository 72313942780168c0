import type { Finding } from '../finding.ts';

/** What our mails call the reader's own links, and what others call theirs. */
const ours =
  /^(?:un_?subscribe_?(?:url|link)?|unsub|preferences_?(?:url|link)?|web_?(?:url|version)|archive|update_profile|list_unsubscribe|unsubscribe_me|manage_preferences|view_in_browser|pm:unsubscribe)$/i;

/**
 * How mail services and generators write what they fill in: `{{x}}`, `{% x %}`, `*|X|*` (Mailchimp), `%recipient.x%`
 * (Mailgun), `%X%` and `%x_url%`, `%%X%%` (Salesforce), `[x,fallback=y]` (EmailOctopus), `{$x}` (MailerLite), `<%= x %>`, `${x}`.
 */
const placeholders = [
  /\{\{\{?([^{}]{0,80})\}\}\}?/g,
  /\{%-?([^{}%]{1,400})-?%\}/g,
  /\*\|([A-Z][\w:=. -]{0,60})\|\*/gi,
  /%%=?([A-Z_]\w{0,40})=?%%/gi,
  /(?<![\w%])%((?:recipient\.)?[A-Z][A-Z0-9_]{2,40}|recipient[.\w]{1,60}|[a-z]{2,20}_[a-z_]{2,30}|unsubscribe)%(?![\w%])/g,
  /\[([a-z_ ]{2,30}),\s{0,3}fallback=[^[\]]{0,60}\]/gi,
  /\{\$([\w.]{1,60})\}/g,
  /<%[=-]?([^%<>]{1,80})%>/g,
  /\$\{([A-Za-z_][\w.]{0,60})\}/g,
];

/**
 * Placeholders in a text: one that a mail of this newsletter would fill, and here nothing does, is an error; another one is
 * likely left over from a template. Hidden marks of direction may make a text read differently.
 */
export function placeholderFindings(text: string, path: string): { errors: Finding[]; warnings: Finding[] } {
  const errors: Finding[] = [];
  const warnings: Finding[] = [];
  const seen = new Set<string>();
  for (const pattern of placeholders)
    for (const [placeholder, inside = ''] of text.matchAll(pattern)) {
      if (seen.has(placeholder)) continue;
      seen.add(placeholder);
      if (ours.test(inside.trim())) errors.push({ code: 'placeholder_unfilled', values: { placeholder }, path });
      else warnings.push({ code: 'placeholder_left', values: { placeholder }, path });
    }
  if (/[\u202a-\u202e\u2066-\u2069]/.test(text)) warnings.push({ code: 'hidden_direction', values: {}, path });
  return { errors, warnings };
}
