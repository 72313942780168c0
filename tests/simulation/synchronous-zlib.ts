import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';

// Compression runs on the machine's threads and comes back when it likes; here it comes back at once. Import this before
// anything that compresses.
const at = (run: (bytes: never, options: never) => Buffer) => (bytes: unknown, options: unknown, done?: unknown) => {
  const [given, call] = (typeof options === 'function' ? [undefined, options] : [options, done]) as [unknown, (e: null, b: Buffer) => void];
  call(null, run(bytes as never, given as never));
};
Object.assign(zlib, { brotliCompress: at(zlib.brotliCompressSync as never), brotliDecompress: at(zlib.brotliDecompressSync as never) });
syncBuiltinESMExports();
