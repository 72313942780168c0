import type { Desk } from './desk.ts';
import { problemPlace } from './desk.ts';
import { el } from './dom.ts';

/** CSS pixels: what a mail client on a desk and a phone in a hand give an email. */
const widths = { desktop: 800, phone: 390 };
type Face = keyof typeof widths | 'textPart';

/** The email as the digest would send it, at two widths and as its text part; `reload` fetches it anew. */
export function preview(desk: Desk, slug: string) {
  const { words, api } = desk;
  const problem = problemPlace(desk);
  const size = el('p', { class: 'hint' });
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
  let face: Face = matchMedia('(min-width: 60rem)').matches ? 'desktop' : 'phone';

  async function reload() {
    problem.clear();
    stage.setAttribute('aria-busy', 'true');
    try {
      const [html, plain] = await Promise.all(['html', 'txt'].map((kind) => api.bytes(`/editors/issues/${slug}/preview.${kind}`)));
      text.textContent = new TextDecoder().decode(plain);
      size.textContent = words.size(((html?.byteLength ?? 0) / 1000).toFixed(1));
      await framed;
      fill(frame, new TextDecoder().decode(html));
      resizing.observe(stage);
      const body = frame.contentDocument?.body;
      if (body) resizing.observe(body);
    } catch (error) {
      problem.show(error);
    } finally {
      stage.removeAttribute('aria-busy');
    }
  }

  /** The frame is as wide as the client it stands for, scaled down where the page has less room, and as tall as its mail. */
  function arrange() {
    text.hidden = face !== 'textPart';
    frame.hidden = face === 'textPart';
    stage.dataset.face = face;
    if (face === 'textPart') {
      stage.style.height = '';
      return;
    }
    const width = widths[face];
    const scale = Math.min(1, stage.clientWidth / width);
    frame.style.width = `${width}px`;
    frame.style.transform = `scale(${scale})`;
    frame.style.marginInlineStart = `${Math.max(0, (stage.clientWidth - width * scale) / 2)}px`;
    const height = frame.contentDocument?.body?.scrollHeight ?? 0;
    frame.style.height = `${height}px`;
    stage.style.height = `${Math.max(height * scale, 160)}px`;
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
      const url = URL.createObjectURL(new Blob([await api.bytes(`/editors/issues/${slug}/preview.eml`)], { type: 'message/rfc822' }));
      el('a', { href: url, download: `${slug}.eml` }).click();
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
    stage,
    size,
  );
  return { content, reload, stop: () => resizing.disconnect() };
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
  target.replaceChild(target.adoptNode(email.documentElement), target.documentElement);
}
