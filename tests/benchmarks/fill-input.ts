import { parentPort, workerData } from 'node:worker_threads';
import { renderDigest } from '../../functions/digests/rendering/render-digest.ts';
import { chineseWeekly } from '../emails/sample-issues.ts';

// A weekly as weeklies are, its sections repeated until the mail has the size that is asked for.
const { settings, publicOrigin, htmlBytes } = workerData;
for (let times = 1; ; times += 1) {
  const issues = [{ ...chineseWeekly, sections: Array(times).fill(chineseWeekly.sections).flat() }];
  const rendered = await renderDigest({
    settings,
    publicOrigin,
    digestId: '2026-11-27T0100Z',
    scheduledFor: '2026-11-27T01:00:00Z',
    issues,
  });
  if (Buffer.byteLength(rendered.variants['zh-CN'].html) < htmlBytes) continue;
  parentPort?.postMessage(rendered);
  break;
}
