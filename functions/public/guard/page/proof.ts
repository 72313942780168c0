import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

/** The words and the work of the waiting page, as its form carries them. */
type Work = { challenge: Challenge; most: number; working: string; done: string };

const form = document.querySelector<HTMLFormElement>('form[data-work]');
const status = document.getElementById('progress');

/** Browsers derive keys away from the page's own thread, and the solver pauses in between: the page stays usable. */
async function prove(form: HTMLFormElement, { challenge, most, working, done }: Work) {
  let tried = 0;
  let said = -1;
  const counting: typeof deriveKey = (...of) => {
    tried += 1;
    // Every quarter is announced: more would talk over whatever is being read.
    const quarter = Math.min(3, Math.floor((tried / most) * 4));
    if (quarter !== said) say(`${working} ${quarter * 25} %`);
    said = quarter;
    return deriveKey(...of);
  };
  const solution = await solveChallenge({ challenge, deriveKey: counting, timeout: 10 * 60_000 });
  if (!solution) return;
  (form.elements.namedItem('proof') as HTMLInputElement).value = btoa(JSON.stringify({ challenge, solution }));
  say(done);
  form.submit();
}

function say(words: string) {
  if (status) status.textContent = words;
}

// Without secure derivation (an old browser) the page is what it is without a script: one waits.
if (form && globalThis.crypto?.subtle) {
  document.documentElement.classList.add('proving');
  prove(form, JSON.parse(form.dataset.work ?? '{}') as Work).catch(() => document.documentElement.classList.remove('proving'));
}
