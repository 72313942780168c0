import type { ImportAnswer } from '../../lists/import-answer.ts';
import type { Desk } from '../desk/desk.ts';
import { fileDrop } from '../desk/file-drop.ts';
import { sendPast } from '../desk/send-past.ts';

/** Where a list comes in. */
export function listChooser(desk: Desk): Element {
  const { words, api } = desk;
  const drop = fileDrop(desk, {
    id: 'list',
    words: { hint: words.importHint, choose: words.chooseList, limits: words.importLimits },
    field: { accept: '.csv,.tsv,.txt,.jsonl,text/csv,text/plain,application/jsonl' },
    chosen: ([file]) => take(file),
    dropped: ({ files }) => take(files[0]),
  });

  async function take(file: File | undefined) {
    if (!file) return;
    await drop.transfer(
      words.sendingList(file.name),
      async ({ onProgress, signal }) => {
        const uploadId = await sendPast(api, file, { purpose: 'import', onProgress, signal });
        const { id } = await api.post<ImportAnswer>('/editors/imports', { body: { uploadId, filename: file.name.slice(0, 300) } });
        location.hash = `#/lists/${id}`;
      },
      drop.problem.show,
    );
  }

  return drop.element;
}
