import type * as z from 'zod';
import type { LocalRequest, LocalResponse } from '../http/http-message.ts';
import type { RunningTemplate } from '../run-template.ts';

export type ControlParts = RunningTemplate & { origin: string };

export type ControlRoute = {
  method: string;
  path: RegExp;
  answer: (request: LocalRequest, matched: string[]) => LocalResponse | Promise<LocalResponse>;
};

/** The request's JSON; an empty body, as of a form's button, is an empty object. */
export const bodyOf = <Shape extends z.ZodType>(shape: Shape, { body, headers }: LocalRequest): z.output<Shape> =>
  shape.parse(
    body.length === 0 || headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? {} : JSON.parse(body.toString()),
  );

/** Whether a person's browser asks, rather than a program. */
export function wantsHtml({ headers }: LocalRequest): boolean {
  const accept = headers.accept ?? '';
  const [html, json] = [accept.indexOf('text/html'), accept.indexOf('application/json')];
  return html >= 0 && (json < 0 || html < json);
}
