import { type AwsCalls, callsFrom, callsText, noCalls, sumOfCalls } from '../../platform/metering/aws-calls.ts';

/** From when to when SES took mails of an order, milliseconds since 1970, by the worker's clock. */
export type Spell = readonly [from: number, until: number];

/** What serving an order took, for the receipt's timings and costs; no outcome depends on it. */
export type OrderAccount = {
  spells: readonly Spell[];
  /** Times that SES said "too fast". */
  throttled: number;
  /** Mails a second that the account was granted meanwhile. */
  granted: number;
  calls: AwsCalls;
};

export const emptyAccount: Readonly<OrderAccount> = { spells: [], throttled: 0, granted: 0, calls: noCalls };

/** A pause this short is the pace, not an interruption. */
const breath = 5_000;
const mostSpells = 8;

/** The account with one more spell; an order is interrupted so rarely that a few spells hold all there were. */
export function withSpell(account: OrderAccount, [from, until]: Spell): OrderAccount {
  const last = account.spells.at(-1);
  const goesOn = last && (from - last[1] <= breath || account.spells.length >= mostSpells);
  const spells: Spell[] = goesOn ? [...account.spells.slice(0, -1), [last[0], until]] : [...account.spells, [from, until]];
  return { ...account, spells };
}

export const withCalls = (account: OrderAccount, calls: AwsCalls): OrderAccount => ({
  ...account,
  calls: sumOfCalls(account.calls, calls),
});

/** `1795741210000+4800;…/0/14/9,9,3,4,0,50,0,5100,8900`: some sixty bytes. */
export const accountText = ({ spells, throttled, granted, calls }: OrderAccount): string =>
  [spells.map(([from, until]) => `${from}+${until - from}`).join(';'), throttled, granted, callsText(calls)].join('/');

export function accountFrom(text: string | undefined): OrderAccount {
  if (!text) return emptyAccount;
  const [spells = '', throttled, granted, calls = ''] = text.split('/');
  return {
    spells: spells
      .split(';')
      .filter(Boolean)
      .map((spell) => {
        const [from = 0, length = 0] = spell.split('+').map(Number);
        return [from, from + length];
      }),
    throttled: Number(throttled),
    granted: Number(granted),
    calls: callsFrom(calls),
  };
}
