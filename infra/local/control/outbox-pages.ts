import type { AcceptedMessage } from '../emulators/ses/ses-books.ts';
import { escapeHtml, localPage } from '../page.ts';

/** A page shows the newest; the JSON list has them all. */
const shown = 200;

export function outboxPage(messages: readonly AcceptedMessage[]): string {
  const rows = messages.slice(-shown).reverse().map(outboxRow).join('');
  const more = messages.length > shown ? `<p class="soft">The newest ${shown} of ${messages.length}.</p>` : '';
  const none = '<p class="soft">No mail has gone out yet. Sign up on the first page, and it will appear here.</p>';
  return localPage({
    title: 'Outbox',
    body: `<main><h1>Outbox</h1><p class="soft">What the local SES accepted. Nothing leaves this machine.</p>
${messages.length === 0 ? none : `<table><thead><tr><th>When</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows}</tbody></table>${more}`}
<p><a href="/_local/">Behind the scenes</a></p></main>`,
  });
}

const outboxRow = ({ id, to, subject, tags, receivedAt }: AcceptedMessage) => `<tr>
<td><small>${time(receivedAt)}</small></td>
<td>${escapeHtml(to.join(', '))}</td>
<td><a href="/_local/outbox/${escapeHtml(id)}">${escapeHtml(subject) || '(no subject)'}</a><br>${tagList(tags)}</td></tr>`;

export type MessageView = { message: AcceptedMessage; headers: readonly { key: string; value: string }[]; text: string; source: string };

export function messagePage({ message: { id, subject, from, to, tags, receivedAt }, headers, text, source }: MessageView): string {
  const headerRows = headers.map(({ key, value }) => `<tr><th>${escapeHtml(key)}</th><td>${escapeHtml(value)}</td></tr>`).join('');
  return localPage({
    title: subject,
    body: `<main><p><a href="/_local/outbox">Outbox</a></p>
<h1>${escapeHtml(subject)}</h1>
<p class="soft">${escapeHtml(from)} → ${escapeHtml(to.join(', '))} · ${time(receivedAt)}<br>${tagList(tags)}</p>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The message as a mail program shows it" src="/_local/outbox/${escapeHtml(id)}/preview"></iframe>
<h2>Plain text</h2><pre>${escapeHtml(text)}</pre>
<h2>Headers</h2><table>${headerRows}</table>
<h2>Source</h2><p><a href="/_local/outbox/${escapeHtml(id)}.eml">As it was given to SES</a> · <a href="/_local/outbox/${escapeHtml(id)}.eml?as=delivered">as a mailbox receives it</a></p>
<pre>${escapeHtml(source)}</pre></main>`,
  });
}

const time = (iso: string) => `<time datetime="${iso}">${iso.replace('T', ' ').slice(0, 19)}</time>`;

const tagList = (tags: Record<string, string>) =>
  Object.entries(tags)
    .map(([name, value]) => `<span class="tag">${escapeHtml(name)} ${escapeHtml(value)}</span>`)
    .join('');
