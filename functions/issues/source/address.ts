/** What an address in a text may be: kept as written, or why it is not. */
export type CheckedAddress = { kept: string } | { fault: 'refused_address' | 'relative_address' | 'inline_image' };

/** Our address for a picture that came with the file, by the address it has there; undefined for one that did not. */
export type TakenIn = (address: string) => string | undefined;

const linkSchemes = new Set(['http:', 'https:', 'mailto:']);
const imageSchemes = new Set(['http:', 'https:']);

export const checkLink = (address: string): CheckedAddress => check(address, linkSchemes);

/** An inlined picture is no address: it would be stored, and mailed, with the text. */
export const checkImage = (address: string): CheckedAddress =>
  /^\s*data:image\//i.test(address) ? { fault: 'inline_image' } : check(address, imageSchemes);

/** Browsers ignore controls and line breaks inside an address, so what is checked is what they would follow. */
function check(address: string, schemes: ReadonlySet<string>): CheckedAddress {
  const written = address.replace(/[\p{Cc}\u200b\ufeff]/gu, '').trim();
  const absolute = written.startsWith('//') ? `https:${written}` : written;
  if (URL.canParse(absolute)) {
    const { protocol } = new URL(absolute);
    return schemes.has(protocol) ? { kept: absolute.replaceAll(' ', '%20') } : { fault: 'refused_address' };
  }
  return { fault: /^[a-z][a-z0-9+.-]*:/i.test(written) ? 'refused_address' : 'relative_address' };
}
