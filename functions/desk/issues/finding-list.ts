import type { Desk } from '../base/desk.ts';
import { type Child, el } from '../base/dom.ts';
import { anchorOf, type Found, kindText, particulars, placeOf, type Severity } from './finding-in-words.ts';

/** All that was found, a line for each kind: forty pictures without a description are one thing to know. */
export function findingList(desk: Desk, findings: readonly Found[]): Element {
  const { words } = desk;
  const kinds = [...Map.groupBy(findings, (finding) => `${finding.severity} ${kindText(desk, finding)}`).values()];
  const list = (severity: Severity, title: string) => {
    const ofThese = kinds.filter(([first]) => first?.severity === severity);
    return (
      ofThese.length > 0 && [
        el('h2', { class: severity }, title),
        el('ul', { class: `findings ${severity}` }, ...ofThese.map((kind) => el('li', {}, kindLine(desk, kind)))),
      ]
    );
  };
  return el(
    'section',
    { class: 'found', 'aria-label': words.findingsTitle },
    list('error', words.errorsTitle),
    list('warning', words.warningsTitle),
  );
}

function kindLine(desk: Desk, kind: readonly Found[]): Child {
  const [first] = kind;
  if (!first) return null;
  const text = kindText(desk, first);
  if (kind.length === 1) return [text, ' ', aside(desk, first)];
  return el(
    'details',
    {},
    el('summary', {}, el('span', {}, text), el('span', { class: 'count' }, `×${kind.length}`)),
    el('ul', {}, ...kind.slice(0, 60).map((finding) => el('li', {}, aside(desk, finding)))),
  );
}

/** What this one is about, its line in the file, and the way to its place in the structure. */
function aside(desk: Desk, finding: Found): Child {
  const { words } = desk;
  const place = placeOf(finding);
  const about = particulars(desk, finding);
  return el(
    'span',
    { class: 'aside' },
    about && el('span', { class: 'about' }, about),
    finding.line !== undefined && el('span', { class: 'hint' }, words.line(finding.line)),
    place && el('button', { type: 'button', class: 'link', onclick: () => goTo(anchorOf(place)) }, words.place(place)),
  );
}

function goTo(anchor: string) {
  const target = document.getElementById(anchor);
  if (!target) return;
  for (let above: Element | null = target; above; above = above.parentElement) if (above instanceof HTMLDetailsElement) above.open = true;
  target.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  target.querySelector('summary')?.focus({ preventScroll: true });
}

/** Beside a place of the structure, what was found there. */
export const findingsHere = (desk: Desk, findings: readonly Found[]) =>
  findings.length > 0 &&
  el(
    'ul',
    { class: 'here', lang: desk.locale },
    ...findings.map((finding) =>
      el(
        'li',
        { class: finding.severity },
        el('span', {}, kindText(desk, finding), ' ', el('span', { class: 'about' }, particulars(desk, finding))),
      ),
    ),
  );
