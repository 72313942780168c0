import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../../access/access.ts';
import { AccessDenied } from '../../access/grants.ts';
import type { LocalSes, Submission } from './local-ses.ts';
import { ConnectionReset, SesRefusal } from './local-ses.ts';

type SesApi = { ses: LocalSes; access: Access };

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** Answers one request of SES's API of 2010, which the SDK's `client-ses` speaks: form fields in, XML out. */
export async function answerSes({ headers }: IncomingMessage, body: Buffer, response: ServerResponse, parts: SesApi): Promise<void> {
  try {
    const fields = formFields(body.toString('latin1'));
    const action = fields.get('Action') ?? '';
    respond(response, 200, resultXml(action, await resultOf(headers, action, fields, parts)));
  } catch (error) {
    if (error instanceof ConnectionReset) response.destroy();
    else if (error instanceof AccessDenied) respond(response, 403, errorXml(new SesRefusal('AccessDenied', error.message, 403)));
    else if (error instanceof SesRefusal) respond(response, error.status, errorXml(error));
    else throw error;
  }
}

async function resultOf(headers: IncomingHttpHeaders, action: string, fields: Map<string, string>, { ses, access }: SesApi) {
  switch (action) {
    case 'SendRawEmail': {
      const asked = submission(fields);
      access.ses(headers, asked, ses.identitiesAsked(asked));
      return { MessageId: await ses.send(asked) };
    }
    case 'GetSendQuota':
      access.sesQuota(headers, action);
      return { Max24HourSend: ses.max24HourSend, MaxSendRate: ses.rate.perSecond, SentLast24Hours: ses.sentLast24Hours };
    default:
      throw new SesRefusal('InvalidAction', `The local SES does not know the action ${action}.`);
  }
}

function submission(fields: Map<string, string>): Submission {
  const members = (prefix: string) => {
    const values: string[] = [];
    for (let n = 1; fields.has(`${prefix}.member.${n}`); n += 1) values.push(fields.get(`${prefix}.member.${n}`) ?? '');
    return values;
  };
  const tags: Record<string, string> = {};
  for (let n = 1; fields.has(`Tags.member.${n}.Name`); n += 1)
    tags[fields.get(`Tags.member.${n}.Name`) ?? ''] = fields.get(`Tags.member.${n}.Value`) ?? '';
  return {
    source: fields.get('Source'),
    destinations: members('Destinations'),
    raw: Buffer.from(fields.get('RawMessage.Data') ?? '', 'base64'),
    tags,
    configurationSet: fields.get('ConfigurationSetName'),
  };
}

/** A message is a hundred kilobytes of base64 with three kinds of escapes: three replacements beat decoding each. */
function formFields(body: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const pair of body.split('&')) {
    const at = pair.indexOf('=');
    const name = decodeURIComponent(pair.slice(0, at));
    const value = pair.slice(at + 1);
    if (name === 'RawMessage.Data') fields.set(name, value.replaceAll('%2B', '+').replaceAll('%2F', '/').replaceAll('%3D', '='));
    else fields.set(name, decodeURIComponent(value.replaceAll('+', ' ')));
  }
  return fields;
}

const resultXml = (action: string, result: Record<string, string | number>) =>
  `<${action}Response xmlns="${namespace}"><${action}Result>${Object.entries(result)
    .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
    .join('')}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;

const errorXml = ({ code, message, status }: SesRefusal) =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code>` +
  `<Message>${escaped(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;

const escaped = (text: string) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

function respond(response: ServerResponse, status: number, xml: string) {
  response.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(xml) }).end(xml);
}
