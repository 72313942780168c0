import * as z from 'zod';
import { Role } from '../../../functions/access/role.ts';
import type { LocalRequest, LocalResponse } from '../http/http-message.ts';
import { jsonResponse } from '../http/http-message.ts';
import { addReaders } from './add-readers.ts';
import { bodyOf, type ControlParts, type ControlRoute, wantsHtml } from './control-route.ts';
import { whatIsUnderWay } from './idle.ts';
import { indexPage } from './index-page.ts';
import { outboxRoutes } from './outbox.ts';
import { sesRoutes } from './ses-settings.ts';

/** What people and tests do to a local run from outside: everything below `/_local`. */
export class Control {
  readonly #routes: ControlRoute[];
  readonly #parts: ControlParts;

  constructor(parts: ControlParts) {
    this.#parts = parts;
    this.#routes = [...outboxRoutes(parts), ...sesRoutes(parts), ...scheduleRoutes(parts), ...clockRoutes(parts), ...otherRoutes(parts)];
  }

  async answer(request: LocalRequest): Promise<LocalResponse> {
    const path = request.path.slice('/_local'.length) || '/';
    if (path.startsWith('/issuer/')) return this.#parts.issuer.answer(path.slice('/issuer'.length), request);
    // A page from elsewhere that is open in the same browser has no business here.
    if (request.method !== 'GET' && request.headers['sec-fetch-site'] === 'cross-site')
      return jsonResponse(403, { message: 'Not from another site.' });
    const onPath = this.#routes.filter((route) => route.path.test(path));
    const route = onPath.find(({ method }) => method === request.method || (method === 'GET' && request.method === 'HEAD'));
    if (!route)
      return onPath.length > 0 ? jsonResponse(405, { message: 'Method Not Allowed' }) : jsonResponse(404, { message: 'Not Found' });
    const matched = (route.path.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part ?? ''));
    try {
      return await route.answer(request, matched);
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) return jsonResponse(400, { message: wordsOf(error) });
      throw error;
    }
  }
}

const wordsOf = (error: z.ZodError | SyntaxError) =>
  error instanceof z.ZodError ? z.prettifyError(error) : `The body is not JSON: ${error.message}`;

const FireRequest = z.strictObject({ scheduledTime: z.iso.datetime({ offset: true }).optional() });

function scheduleRoutes({ schedules, clock }: ControlParts): ControlRoute[] {
  return [
    { method: 'GET', path: /^\/schedules$/, answer: () => jsonResponse(200, { schedules: schedules.list() }) },
    {
      method: 'POST',
      path: /^\/schedules\/([^/]+)\/fire$/,
      answer: (request, [name = '']) => {
        const { scheduledTime } = bodyOf(FireRequest, request);
        const slot = scheduledTime ? new Date(scheduledTime) : clock.now();
        if (!schedules.fire(name, slot)) return jsonResponse(404, { message: `There is no schedule ${name}.` });
        if (wantsHtml(request)) return { status: 303, headers: { location: '/_local/' }, body: '' };
        return jsonResponse(202, { name, scheduledTime: slot.toISOString() });
      },
    },
  ];
}

const ClockRequest = z.union([z.strictObject({ now: z.iso.datetime({ offset: true }) }), z.strictObject({ offsetMs: z.int() })]);

function clockRoutes({ clock, schedules, queues }: ControlParts): ControlRoute[] {
  const state = () => jsonResponse(200, { now: clock.now().toISOString(), offsetMs: clock.offsetMs });
  return [
    { method: 'GET', path: /^\/clock$/, answer: state },
    {
      method: 'PUT',
      path: /^\/clock$/,
      answer: async (request) => {
        const wish = bodyOf(ClockRequest, request);
        const before = clock.offsetMs;
        if ('now' in wish) clock.setNow(new Date(wish.now));
        else clock.offsetMs = wish.offsetMs;
        schedules.clockMoved();
        await queues.clockMoved(clock.offsetMs - before);
        return state();
      },
    },
  ];
}

function otherRoutes(parts: ControlParts): ControlRoute[] {
  const { functions, queues, issuer, access } = parts;
  return [
    { method: 'GET', path: /^\/$/, answer: () => indexPage(parts) },
    {
      method: 'GET',
      path: /^\/functions$/,
      answer: () =>
        jsonResponse(200, { functions: [...functions.values()].map(({ definition, running }) => ({ name: definition.name, running })) }),
    },
    {
      method: 'POST',
      path: /^\/functions\/([^/]+)\/kill$/,
      answer: (_request, [name = '']) => {
        const target = [...functions.values()].find(({ definition }) => definition.name === name);
        return target ? jsonResponse(200, { killed: target.kill() }) : jsonResponse(404, { message: `There is no function ${name}.` });
      },
    },
    {
      method: 'GET',
      path: /^\/aws$/,
      answer: () => {
        const { judged, denied } = access;
        return jsonResponse(200, { access: { judged, denied, grants: access.grants() } });
      },
    },
    { method: 'GET', path: /^\/queues$/, answer: () => jsonResponse(200, { queues: queues.depths() }) },
    {
      method: 'GET',
      path: /^\/idle$/,
      answer: () => {
        const underWay = whatIsUnderWay(parts);
        return jsonResponse(underWay.idle ? 200 : 409, underWay);
      },
    },
    {
      method: 'GET',
      path: /^\/editor-token$/,
      answer: async ({ query }) => {
        const role = Role.default('owner').parse(new URLSearchParams(query).get('role') ?? undefined);
        return jsonResponse(200, { token: await issuer.tokenFor(role) });
      },
    },
    { method: 'POST', path: /^\/readers$/, answer: (request) => addReaders(parts, request) },
  ];
}
