import type { Html } from '../../../platform/html.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A document of XML 1.0: whatever an issue holds, only characters that XML allows ("Extensible Markup Language", 2.2). */
export const xmlDocument = (root: Html): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${root.markup.toWellFormed().replace(notInXml, '')}`;
