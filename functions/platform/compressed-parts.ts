import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Well under DynamoDB's 400 KB an item. */
const partSize = 300_000;

/** A JSON value as brotli, cut into parts that each fit into one item. */
export async function compressedParts(value: unknown): Promise<Uint8Array[]> {
  const bytes = await compress(JSON.stringify(value), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return Array.from({ length: Math.ceil(bytes.length / partSize) }, (_, n) => bytes.subarray(n * partSize, (n + 1) * partSize));
}

/** The JSON value whose parts these are, in order. */
export async function fromCompressedParts(parts: readonly Uint8Array[]): Promise<unknown> {
  return JSON.parse((await decompress(Buffer.concat(parts))).toString('utf8'));
}
