import { escapeHtml, localPage } from '../page.ts';
import { localPeople } from './local-people.ts';

/** Buttons instead of a password, the most powerful role first: a person who reaches this page owns the machine. */
export const signInPage = (query: URLSearchParams) =>
  localPage({
    title: 'Sign in to Periodical (local)',
    body: `<main><form class="card" method="post" action="authorize">
<h1>Sign in to Periodical</h1>
<p class="soft">This is the local run’s stand-in for Amazon Cognito. In your account, people sign in here with a password and a one-time code.</p>
${[...query].map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('\n')}
${localPeople
  .toReversed()
  .map(({ role, email }) => `<p><button name="role" value="${role}">Sign in as ${escapeHtml(email)}</button></p>`)
  .join('\n')}
</form></main>`,
  });

export const signInFailed = (reason: string) =>
  localPage({
    title: 'Sign-in did not work',
    body: `<main><div class="card"><h1>Sign-in did not work</h1><p>${escapeHtml(reason)}</p></div></main>`,
  });
