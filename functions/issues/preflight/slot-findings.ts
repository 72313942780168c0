import type { Finding } from './preflight.ts';

/** What our mails call the reader's own links, and what others call theirs. */
const ours = /^(?:un_?subscribe_?(?:url|link)?|preferences_?(?:url|link)?|web_?(?:url|version))$/i;

/** `{{…}}` in a text: a slot of ours that nobody will fill is an error, another one likely a template's leftover. Marks that
 * nobody sees may make a text read as another. */
export function slotFindings(text: string, path: string): { errors: Finding[]; warnings: Finding[] } {
  const errors: Finding[] = [];
  const warnings: Finding[] = [];
  const seen = new Set<string>();
  for (const [slot, inside = ''] of text.matchAll(/\{\{\{?([^{}]{0,80})\}\}\}?/g)) {
    if (seen.has(slot)) continue;
    seen.add(slot);
    if (ours.test(inside.trim()))
      errors.push({ code: 'slot_unfilled', message: `${slot} is a slot of a mail’s, and readers would see it as it is`, path });
    else warnings.push({ code: 'placeholder_left', message: `${slot} is sent as it is; nothing fills it`, path });
  }
  if (/[\u202a-\u202e\u2066-\u2069]/.test(text))
    warnings.push({
      code: 'hidden_direction',
      message: 'hidden marks turn the direction of the text; what is read may not be what is written',
      path,
    });
  return { errors, warnings };
}
