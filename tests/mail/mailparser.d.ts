/** What the tests use of mailparser, which carries no types of its own. */
declare module 'mailparser' {
  export type AddressObject = { value: { name: string; address: string }[]; text: string };
  export type ParsedMail = {
    headers: Map<string, unknown>;
    subject?: string;
    from?: AddressObject;
    to?: AddressObject;
    replyTo?: AddressObject;
    date?: Date;
    messageId?: string;
    html: string | false;
    text?: string;
  };
  export function simpleParser(source: Uint8Array | string, options?: { skipTextToHtml?: boolean }): Promise<ParsedMail>;
}
