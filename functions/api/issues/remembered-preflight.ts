import { createHash } from 'node:crypto';
import type { IssueContent } from '../../issues/issue.ts';
import type { Preflight } from '../../issues/preflight/preflight.ts';
import type { Settings } from '../../settings/settings.ts';

type Check = (content: IssueContent, settings: Settings) => Promise<Preflight>;

const mostRemembered = 20;

/** A check takes a tenth of a second, and a page asks for it often: results of the last few texts, and the settings they were found under, are kept. */
export function rememberedPreflight(check: Check): Check {
  const found = new Map<string, Promise<Preflight>>();
  return (content, settings) => {
    const text = createHash('sha256')
      .update(JSON.stringify([content, settings]))
      .digest('base64');
    const known = found.get(text) ?? check(content, settings);
    // Put in again, so that the one that was asked for least recently is first.
    found.delete(text);
    found.set(text, known);
    known.catch(() => found.delete(text));
    for (const oldest of [...found.keys()].slice(0, -mostRemembered)) found.delete(oldest);
    return known;
  };
}
