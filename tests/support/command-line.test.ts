import { afterEach, expect, test, vi } from 'vitest';
import { commandLine } from './command-line.ts';

const usage = 'how it is used';
const wanted = { usage, counts: { seeds: 500, seed: undefined }, flags: ['trace'], texts: ['only'], numbers: 1 } as const;

class Ended extends Error {}

afterEach(() => vi.restoreAllMocks());

test('what is asked for is taken, and what is not said is as usual', () => {
  expect(commandLine(wanted, [])).toMatchObject({ seeds: 500, seed: undefined, trace: false, numbers: [] });
  expect(commandLine(wanted, ['--seeds', '20', '--seed=7', '--trace', '--only', 'resends', '100000'])).toMatchObject({
    seeds: 20,
    seed: 7,
    trace: true,
    only: 'resends',
    numbers: [100_000],
  });
});

test.each([
  ['a number that is none', ['--seeds', 'many'], '--seeds is "many"; a whole number above 0, such as 20, would do.'],
  ['nought', ['--seeds', '0'], '--seeds is "0"'],
  ['a word for a number', ['all'], 'A number is "all"'],
  ['an option misspelt', ['--sedes', '20'], '--sedes'],
  ['a number too many', ['1', '2'], '"2" is one number too many.'],
])('%s ends it before it begins, with what came and what would do', (_, words, message) => {
  const { said, code } = refused(words);
  expect(code).toBe(2);
  expect(said).toContain(message);
  expect(said).toContain(usage);
});

function refused(words: string[]) {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Ended();
  });
  expect(() => commandLine(wanted, words)).toThrow(Ended);
  return { said: String(said.mock.calls[0]?.[0]), code: exit.mock.calls[0]?.[0] };
}
