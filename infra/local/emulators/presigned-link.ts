import type { Refused } from './upload-policy.ts';

const queryOf = (url: string) => new URL(url, 'http://s3').searchParams;

/** Why S3 would not follow a presigned link any more: its time, `X-Amz-Expires` seconds from `X-Amz-Date`, is over. */
export function expiredLink(url: string, now: Date): Refused | undefined {
  const query = queryOf(url);
  const [date, seconds] = [query.get('X-Amz-Date'), query.get('X-Amz-Expires')];
  if (date === null || seconds === null) return undefined;
  const signed = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (signed + Number(seconds) * 1000 > now.getTime()) return undefined;
  return { status: 403, code: 'AccessDenied', message: 'Request has expired' };
}

/** The headers that a link wants for its answer, such as the name under which a browser keeps the file. */
export const headersWished = (url: string): [string, string][] =>
  [...queryOf(url)].flatMap(([name, value]) => (name.startsWith('response-') ? [[name.slice('response-'.length), value]] : []));
