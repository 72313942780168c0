import type { LocalResponse } from '../http/http-message.ts';
import { htmlResponse } from '../http/http-message.ts';
import { escapeHtml, localPage } from '../page.ts';
import type { ControlParts } from './control-route.ts';
import { whatIsUnderWay } from './idle.ts';

const links: [string, string][] = [
  ['/', 'the sign-up page'],
  ['/editors/', 'the editors’ page'],
  ['/_local/outbox', 'mail that went out'],
  ['/_local/ses', 'SES: rate, quota, counters, faults'],
  ['/_local/schedules', 'schedules and when they come next'],
  ['/_local/queues', 'queues and what is in them'],
  ['/_local/functions', 'functions and what they are doing'],
  ['/_local/clock', 'the clock'],
  ['/_local/idle', 'whether anything is under way'],
  ['/_local/editor-token?role=owner', 'a token for the API: of an owner, editor, writer or analyst'],
];

/** Where everything below `/_local` can be found. */
export function indexPage(parts: ControlParts): LocalResponse {
  const { schedules, books, clock } = parts;
  const { idle } = whatIsUnderWay(parts);
  const rows = schedules
    .list()
    .map(
      ({ name, expression, next }) => `<tr><td>${escapeHtml(name)}</td><td><code>${escapeHtml(expression)}</code></td>
<td>${next ? `<time datetime="${next}">${next.replace('T', ' ').slice(0, 16)} UTC</time>` : 'never'}</td>
<td><form method="post" action="/_local/schedules/${encodeURIComponent(name)}/fire"><button>Fire now</button></form></td></tr>`,
    )
    .join('');
  return htmlResponse(
    200,
    localPage({
      title: 'Periodical, behind the scenes',
      body: `<main><h1>Behind the scenes</h1>
<p class="soft">It is ${clock.now().toISOString().replace('T', ' ').slice(0, 16)} UTC here. SES accepted ${books.accepted} mails. ${idle ? 'Nothing is under way.' : 'Work is under way.'}</p>
<table>${links.map(([address, words]) => `<tr><td><a href="${address}">${address}</a></td><td>${words}</td></tr>`).join('')}</table>
<h2>Schedules</h2><table><thead><tr><th>Name</th><th>When</th><th>Next</th><th></th></tr></thead><tbody>${rows}</tbody></table></main>`,
    }),
  );
}
