import type { ImportAnswer } from '../../api/lists/import-answer.ts';
import type { Desk } from '../base/desk.ts';
import { fileDrop } from '../base/file-drop.ts';
import { sendPast } from '../base/send-past.ts';

/** Where a list comes in. */
export function listChooser(desk: Desk): Element {
  const { words, api } = desk;
  const drop = fileDrop(desk, {
    id: 'list',
    words: { hint: words.importHint, choose: words.chooseList, limits: words.importLimits },
    field: { accept: '.csv,.tsv,.tab,.txt,.xlsx,.zip,.jsonl,text/csv,text/plain,application/jsonl,application/zip' },
    chosen: ([file]) => take(file),
    dropped: ({ files }) => take(files[0]),
  });

  async function take(file: File | undefined) {
    if (!file) return;
    await drop.transfer(
      words.sendingList(file.name),
      async ({ onProgress, signal }) => {
        const uploadId = await sendPast(api, file, { purpose: 'import', onProgress, signal });
        const { id } = await api.post<ImportAnswer>('/api/v1/imports', { body: { uploadId, filename: file.name.slice(0, 300) } });
        location.hash = `#/lists/${id}`;
      },
      drop.problem.show,
    );
  }

  return drop.element;
}
