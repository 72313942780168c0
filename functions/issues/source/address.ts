import { isIP } from 'node:net';
import { isPublicAddress } from '../images/public-address.ts';

/** What an address in a text may be: kept as written, or the code of the finding that says why not. */
type Checked<Fault> = { kept: string } | { fault: Fault };

/** Our address for a picture that came with the file, by the address it has there; undefined for one that did not. */
export type TakenIn = (address: string) => string | undefined;

const linkSchemes = new Set(['http:', 'https:', 'mailto:']);
const imageSchemes = new Set(['http:', 'https:']);

export function checkLink(address: string): Checked<'refused_link' | 'relative_link' | 'private_link'> {
  const checked = check(address, linkSchemes);
  return 'kept' in checked ? checked : { fault: `${checked.fault}_link` };
}

/** An inlined picture is no address: it would be stored, and mailed, with the text. */
export function checkImage(address: string): Checked<'refused_picture' | 'relative_picture' | 'private_picture' | 'inline_image'> {
  if (/^\s*data:image\//i.test(address)) return { fault: 'inline_image' };
  const checked = check(address, imageSchemes);
  return 'kept' in checked ? checked : { fault: `${checked.fault}_picture` };
}

/** Browsers ignore controls and line breaks inside an address, so what is checked is what they would follow. */
function check(address: string, schemes: ReadonlySet<string>): Checked<'refused' | 'relative' | 'private'> {
  const written = address.replace(/[\p{Cc}\u200b\ufeff]/gu, '').trim();
  const absolute = written.startsWith('//') ? `https:${written}` : written;
  if (URL.canParse(absolute)) {
    const { protocol, hostname } = new URL(absolute);
    if (!schemes.has(protocol)) return { fault: 'refused' };
    return isPrivateHost(hostname) ? { fault: 'private' } : { kept: absolute.replaceAll(' ', '%20') };
  }
  return { fault: /^[a-z][a-z0-9+.-]*:/i.test(written) ? 'refused' : 'relative' };
}

// Names that no name server of the internet answers for (RFC 6761, 6762, 8375, ICANN's .internal), and what routers and firms use.
const privateNames = /(?:^|\.)(?:localhost|local|internal|home\.arpa|lan|intranet|corp|home|localdomain)\.?$/;

/** Whether only the editor's own network knows the host: readers get nothing there, and learn how that network is built. */
function isPrivateHost(hostname: string): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) return !isPublicAddress(literal);
  return privateNames.test(hostname.toLowerCase());
}
