import { expect, test } from 'vitest';
import { evidenceKinds } from '../../functions/deliveries/evidence.ts';
import { feedbackDesk } from './feedback-desk.ts';
import { examples } from './ses-examples.ts';

test.each(examples)('$name: reader $reader, evidence $evidence, wrapped or raw, once or twice', async ({ event, reader, evidence }) => {
  const raw = await feedbackDesk();
  const twice = await feedbackDesk();
  const envelope = { Type: 'Notification', MessageId: 'n', Message: JSON.stringify(event), Timestamp: '2026-09-02T09:02:00.000Z' };

  const answers = [await raw.tell(event), await twice.tell(envelope), await twice.tell(event, envelope)];

  expect(answers.map(({ failed }) => failed)).toEqual([[], [], []]);
  for (const desk of [raw, twice]) {
    const seen = await desk.ledger.evidence({ digest: '2026-09-02T0100Z', shard: 'a', batch: 0 });
    expect(evidenceKinds.filter((kind) => seen.has(kind, 0))).toEqual(evidence);
    expect(await desk.reader()).toMatchObject(reader === 'confirmed' ? { state: 'confirmed' } : { state: 'suppressed', reason: reader });
  }
});
