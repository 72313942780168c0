const longestHead = 16 * 1024;
/** Every mail has one of these, and no text has. */
const ofMachines =
  /^(?:mime-version|message-id|received|return-path|dkim-signature|list-unsubscribe|content-transfer-encoding|x-mailer|delivered-to)$/;

/** Whether a file is a mail as it was sent (RFC 5322), with or without the first line of an mbox. */
export function isMail(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, longestHead))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const lines = text.replace(/^From [^\n]*\n/, '').split(/\r?\n/);
  const names: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && names.length > 0) continue;
    const name = /^([A-Za-z][A-Za-z0-9-]{1,60}):/.exec(line)?.[1];
    if (!name) break;
    names.push(name.toLowerCase());
  }
  return names.some((name) => ofMachines.test(name)) && names.some((name) => /^(?:from|subject|to|date)$/.test(name));
}
