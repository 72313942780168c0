import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, path = '']) =>
    normalize(join(dirname(file), path)),
  );

/**
 * Of every changed file the tests that are the fewest imports away: itself, when it is one; else those that import it; else those
 * that import what imports it, and so on. A page has the tests of pages, an email's template those of emails.
 */
export function nearestTests(changed: readonly string[], sources: readonly string[]): string[] {
  const importers = new Map<string, string[]>();
  for (const from of sources) for (const to of importsOf(from)) importers.set(to, [...(importers.get(to) ?? []), from]);
  const nearest = changed.flatMap((file) => {
    if (file.endsWith('.md')) return ['tests/docs/'];
    if (file.endsWith('.mjml')) return ['tests/emails/'];
    return testsAround(file, importers);
  });
  return [...new Set(nearest)].sort();
}

function testsAround(file: string, importers: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set([file]);
  for (let ring = [file]; ring.length > 0; ) {
    const tests = ring.filter((each) => each.endsWith('.test.ts'));
    if (tests.length > 0) return tests;
    ring = ring.flatMap((each) => importers.get(each) ?? []).filter((each) => !seen.has(each) && seen.add(each));
  }
  return [];
}
