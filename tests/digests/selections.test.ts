import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RenderedDigest } from '../../functions/digests/rendering/rendered-digest.ts';
import {
  chosenFrom,
  mostTopicsTold,
  renderedFor,
  renderSelections,
  selectionOf,
  selectionsOf,
} from '../../functions/digests/rendering/selections.ts';
import { sameForEverybody } from './same-for-everybody.ts';

const issues = (...topics: string[][]) => topics.map((each) => ({ topics: each }));
const rendered = (names: readonly string[]): RenderedDigest => ({
  subject: names.join('+'),
  language: 'en',
  preheader: '',
  variants: sameForEverybody({ html: '', text: '' }),
  shortened: [],
});

test('a digest for everybody has one mail', () => {
  expect(selectionsOf(issues([], []))).toEqual([]);
  expect(selectionsOf(issues(['robots']))).toEqual([]);
});

test('readers of a topic get its issues and those for everybody, in their batch', async () => {
  const digest = { issues: issues(['robots'], [], ['chips']) };

  const mails = await renderSelections(digest, ['robots', 'all', 'chips'], async (names) => rendered(names));

  const subjectFor = (...topics: string[]) => renderedFor(mails, digest, topics).subject;
  expect(subjectFor()).toBe('robots+all+chips');
  expect(subjectFor('robots')).toBe('robots+all');
  expect(subjectFor('chips')).toBe('all+chips');
  expect(subjectFor('chips', 'robots')).toBe('robots+all+chips');
  expect(subjectFor('ships')).toBe('all');
});

const topic = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const digests = fc.array(fc.uniqueArray(topic, { maxLength: 3 }), { minLength: 1, maxLength: 6 });

test('whatever readers choose, the mail they get was rendered for them', () => {
  fc.assert(
    fc.property(digests, fc.uniqueArray(fc.oneof(topic, fc.constant('other')), { maxLength: 6 }), (topics, chosen) => {
      const frozen = issues(...topics);
      const selection = selectionOf(frozen, chosen);
      const whole = frozen.map((_, place) => place).join();
      return selection === '' || selection === whole || selectionsOf(frozen).includes(selection);
    }),
  );
});

test('no selection is rendered that nobody could choose, and each is a part of the whole', () => {
  fc.assert(
    fc.property(digests, (topics) => {
      const frozen = issues(...topics);
      const found = selectionsOf(frozen);
      const sizes = found.map((selection) => chosenFrom(frozen, selection).length);
      return new Set(found).size === found.length && sizes.every((size) => size > 0 && size < frozen.length);
    }),
  );
});

test('more topics than can be told apart make one mail for all who want any of it', () => {
  const many = issues(...Array.from({ length: mostTopicsTold + 1 }, (_, n) => [`topic-${n}`]));

  expect(selectionsOf(many)).toEqual([]);
  expect(renderedFor(rendered(['whole']), { issues: many }, ['topic-1']).subject).toBe('whole');
});
