import type { Desk } from '../base/desk.ts';
import { el } from '../base/dom.ts';
import { problemPlace } from '../base/problem-text.ts';
import type { WholeIssue } from './whole-issue.ts';

/** CSS pixels: what a mail client on a desk and a phone in a hand give an email. */
const widths = { desktop: 800, phone: 390 };
type Face = keyof typeof widths | 'textPart';

/** Bytes: where the largest mail programs cut an email off. */
const usualBudget = 102_000;

/** Where a mail is to be had, without its ending; what it is called as a file; and who wants to know its subject. */
type Mail = { address: string; file: string; onSubject?: (subject: string) => void };

/**
 * The email as the digest would send it, at two widths and as its text part, and its weight; `reload` fetches it
 * again, `about` tells what else is known of it.
 */
export function preview(desk: Desk, { address, file, onSubject }: Mail) {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const size = el('p', { class: 'hint size' });
  const elsewhere = el('p', { class: 'hint notshown' });
  const meter = el('div', { class: 'meter', 'aria-hidden': 'true' }, el('span', {}));
  const frame = el('iframe', {
    src: '/editors/assets/frame.html',
    title: words.previewFrame,
    sandbox: 'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    referrerpolicy: 'no-referrer',
  });
  const text = el('pre', { class: 'text-part', tabindex: 0, 'aria-label': words.textPart, hidden: true });
  const stage = el('div', { class: 'stage' }, frame, text);
  const framed = new Promise<void>((resolve) => frame.addEventListener('load', () => resolve(), { once: true }));
  const resizing = new ResizeObserver(() => arrange());
  const number = new Intl.NumberFormat(desk.locale);
  let bytes = 0;
  let limit = usualBudget;
  let face: Face = matchMedia('(min-width: 60rem)').matches ? 'desktop' : 'phone';

  async function reload() {
    problem.clear();
    stage.setAttribute('aria-busy', 'true');
    try {
      const [html, plain] = await Promise.all(['html', 'txt'].map((kind) => api.bytes(`${address}.${kind}`)));
      text.textContent = new TextDecoder().decode(plain);
      bytes = html?.byteLength ?? 0;
      weigh();
      await framed;
      fill(frame, new TextDecoder().decode(html));
      onSubject?.(frame.contentDocument?.title ?? '');
      resizing.observe(stage);
      const body = frame.contentDocument?.body;
      if (body) resizing.observe(body);
    } catch (error) {
      problem.show(error);
    } finally {
      stage.removeAttribute('aria-busy');
    }
  }

  function weigh() {
    size.textContent = words.size(number.format(bytes), number.format(limit), Math.round((bytes / limit) * 100));
    meter.classList.toggle('full', bytes > limit);
    (meter.firstElementChild as HTMLElement).style.width = `${Math.min(100, (bytes / limit) * 100)}%`;
  }

  /** The frame is as wide as the client it imitates, scaled down where the page has less room. */
  function arrange() {
    text.hidden = face !== 'textPart';
    frame.hidden = face === 'textPart';
    stage.dataset.face = face;
    if (face === 'textPart') {
      stage.style.height = '';
      text.style.maxHeight = `${roomFor(stage)}px`;
      return;
    }
    const width = widths[face];
    const scale = Math.min(1, stage.clientWidth / width);
    frame.style.width = `${width}px`;
    frame.style.transform = `scale(${scale})`;
    frame.style.marginInlineStart = `${Math.max(0, (stage.clientWidth - width * scale) / 2)}px`;
    const height = (frame.contentDocument?.body?.scrollHeight ?? 0) * scale;
    const shownHeight = Math.max(Math.min(height, roomFor(stage)), 160);
    frame.style.height = `${shownHeight / scale}px`;
    stage.style.height = `${shownHeight}px`;
  }

  const choice = (value: Face) =>
    el(
      'label',
      {},
      el('input', {
        type: 'radio',
        name: 'face',
        value,
        checked: value === face,
        onchange: () => {
          face = value;
          arrange();
        },
      }),
      el('span', {}, words[value]),
    );

  async function download() {
    problem.clear();
    try {
      const url = URL.createObjectURL(new Blob([await api.bytes(`${address}.eml`)], { type: 'message/rfc822' }));
      el('a', { href: url, download: `${file}.eml` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      problem.show(error);
    }
  }

  const content = el(
    'section',
    { class: 'preview', 'aria-labelledby': 'preview-title' },
    el('h2', { id: 'preview-title' }, words.preview),
    el(
      'div',
      { class: 'bar' },
      el(
        'fieldset',
        { class: 'faces' },
        el('legend', { class: 'unseen' }, words.preview),
        choice('desktop'),
        choice('phone'),
        choice('textPart'),
      ),
      el('button', { class: 'quiet', onclick: () => void download() }, words.downloadEml),
    ),
    problem.element,
    el('div', { class: 'weight' }, meter, size),
    elsewhere,
    stage,
  );
  const about = ({ preflight, images }: WholeIssue) => {
    limit = preflight?.bytes.budget ?? usualBudget;
    if (bytes > 0) weigh();
    const foreign = images.filter(({ state }) => state !== 'kept').length;
    elsewhere.textContent = foreign > 0 ? words.elsewherePictures(foreign) : '';
  };
  return { content, reload, about, stop: () => resizing.disconnect() };
}

/** Beside the structure, the mail has the window's height and scrolls in itself; below it, on a phone, it is as tall as it is. */
function roomFor(stage: Element) {
  if (!matchMedia('(min-width: 60rem)').matches) return Number.POSITIVE_INFINITY;
  const above = stage.getBoundingClientRect().top - (stage.closest('.preview')?.getBoundingClientRect().top ?? 0);
  return Math.max(innerHeight - above - 40, 480);
}

/**
 * Puts an email into the frame. The frame's page has a policy of its own (inline styles, which every email needs and this
 * page forbids) and no leave to run scripts; a `srcdoc` would inherit this page's.
 */
function fill(frame: HTMLIFrameElement, html: string) {
  const target = frame.contentDocument;
  const own = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!target || !own) return;
  // The frame's parser: what this page's would parse is bound to this page's policy for good.
  const email = new own.DOMParser().parseFromString(html, 'text/html');
  for (const link of email.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  // What the policy would refuse is not even asked for: the picture's description takes its place.
  for (const image of email.querySelectorAll('img'))
    if (new URL(image.src, location.href).origin !== location.origin) image.removeAttribute('src');
  target.replaceChild(target.adoptNode(email.documentElement), target.documentElement);
}
