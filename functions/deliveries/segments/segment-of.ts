/** So many batches, 5,000 readers, are summed in one item. */
export const batchesPerSegment = 100;

export const segmentOf = ({ batch }: { batch: number }): number => Math.floor(batch / batchesPerSegment);
