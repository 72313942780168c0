import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTable } from '../../support/dynamodb.ts';
import { filledIn, formOf } from '../form-of.ts';
import { type ReaderSite, readerSite } from '../reader-site.ts';

const own = 'https://www.example.org';
const topics = [
  { id: 'ships', name: { en: 'Ships', 'zh-CN': '船舶' } },
  { id: 'tides', name: 'Tides' },
];

let database: Awaited<ReturnType<typeof startTable>>;
let site: ReaderSite;
beforeEach(async () => {
  database = await startTable();
  site = readerSite(database.table, { formOrigins: [own], topics });
});
afterEach(() => database.stop());

const send = (fields: Record<string, string>, headers: Record<string, string> = {}, address = '/subscribe') =>
  site.ask('POST', address, {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
    headers: { origin: own, ...headers },
  });
const sendJson = (fields: object, origin = own) =>
  site.ask('POST', '/subscribe', { accept: '*/*', type: 'application/json', body: JSON.stringify(fields), headers: { origin } });

test('a plain form brings a reader with topics, a language and the name of where it was', async () => {
  const answer = await send({
    email: 'ada@example.org',
    'topic-ships': 'yes',
    'topic-none': 'yes',
    locale: 'zh-CN',
    source: 'Blog: Footer',
  });
  await site.work();

  expect(answer.status).toBe(202);
  expect(await site.find('ada@example.org')).toMatchObject({ topics: ['ships'], locale: 'zh-CN' });
  expect(await site.consents.of(site.idOf('ada@example.org'))).toMatchObject([{ event: 'asked', page: 'form', source: 'blog-footer' }]);
});

test('no topic, and every topic, mean everything, also that of next year', async () => {
  await send({ email: 'ada@example.org' });
  await send({ email: 'bob@example.org', 'topic-ships': 'yes', 'topic-tides': 'yes' });

  expect(site.queued).toMatchObject([{ topics: [] }, { topics: [] }]);
});

test.each([
  ['its own words', { source: '公众号 文末' }, own, '公众号-文末'],
  ['words with vowel signs', { source: 'हिन्दी ब्लॉग' }, own, 'हिन्दी-ब्लॉग'],
  ['no name, on a site that the settings know', {}, own, 'www.example.org'],
  ['no name, on another site', {}, 'https://elsewhere.example', undefined],
  ['marks alone', { source: '<<>>' }, 'https://elsewhere.example', undefined],
  ['a name without an end', { source: 'a'.repeat(3_000) }, own, 'a'.repeat(40)],
])('a form with %s has a source that can be shown', async (_what, fields, origin, source) => {
  await send({ email: 'ada@example.org', ...fields }, { origin });

  expect(site.queued.map((message) => 'source' in message && message.source)).toEqual([source ?? false]);
});

test('the thank-you returns to a site that the settings name, and to no other', async () => {
  const answers = [];
  for (const wanted of [
    `${own}/thanks?from=form`,
    'https://www.example.org.evil.example/',
    'https://evil.example/',
    'https://user:word@www.example.org/',
    'javascript:alert(1)',
    '//www.example.org/',
    'http://www.example.org/',
    'blob:https://www.example.org/4f1c',
  ])
    answers.push(await send({ email: `r${answers.length}@example.org`, return: wanted }));

  expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual([
    [303, `${own}/thanks?from=form`],
    ...Array.from({ length: 7 }, () => [202, undefined]),
  ]);
});

test('the way back is the same for a stranger, a reader, and one whose mailbox is dead', async () => {
  await site.ask('POST', await site.signUp('reader@example.org'));
  await site.signUp('dead@example.org');
  await site.suppress('dead@example.org');

  const answers = [];
  for (const name of ['stranger', 'reader', 'dead']) answers.push(await send({ email: `${name}@example.org`, return: `${own}/thanks` }));

  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test('what is wrong is asked on our own page, which keeps what the form said, and returns to the site', async () => {
  const fields = { email: 'ada', 'topic-tides': 'yes', source: 'blog', return: `${own}/thanks` };
  const faulty = await send(fields);
  site.afterMinutes(1);
  const mended = await send({ ...filledIn(faulty.text), email: 'ada@example.org' });

  expect(faulty.status).toBe(400);
  expect(faulty.headers['content-security-policy']).toContain(`form-action 'self' ${own};`);
  expect([mended.status, mended.headers.location]).toEqual([303, `${own}/thanks`]);
  expect(site.queued).toMatchObject([{ email: 'ada@example.org', topics: ['tides'], source: 'blog', page: '/' }]);
});

test('the field that nobody sees asks again, on a form of any site', async () => {
  const trapped = await send({ email: 'ada@example.org', homepage: 'https://casino.example', source: 'blog' });
  const program = await sendJson({ email: 'ada@example.org', homepage: 'x' });
  const before = site.queued.length;
  site.afterMinutes(1);
  const again = await send(filledIn(trapped.text));

  expect([trapped.status, program.status, JSON.parse(program.text).code, before]).toEqual([400, 400, 'form_asked_again', 0]);
  expect(again.status).toBe(202);
  expect(site.queued).toMatchObject([{ source: 'blog' }]);
});

test('a stamp that a site has asked for is judged as that of our own form', async () => {
  const stampNow = async () => {
    const { text, headers } = await site.ask('GET', '/form/stamp', { accept: '*/*', headers: { origin: own } });
    expect(headers).toMatchObject({ 'access-control-allow-origin': own, 'cache-control': 'no-store' });
    return JSON.parse(text).stamp as string;
  };
  const stamp = await stampNow();
  const quick = await send({ email: 'ada@example.org', stamp });
  site.afterMinutes(1);
  const slow = await send({ email: 'ada@example.org', stamp });
  site.after(3);
  const old = await sendJson({ email: 'bob@example.org', stamp });

  expect([quick.status, slow.status, old.status]).toEqual([400, 202, 400]);
  expect(JSON.parse(old.text)).toMatchObject({ code: 'form_asked_again', values: { why: 'stale' } });
});

test('a script reads the answer on sites that the settings name, faults included, and on no other', async () => {
  const preflight = (origin: string) => site.ask('OPTIONS', '/subscribe', { accept: '*/*', headers: { origin } });
  const allowed = await preflight(own);
  const taken = await sendJson({ email: 'ada@example.org', topics: ['ships'], source: 'app' });
  const faulty = await sendJson({ email: 'ada' });
  const elsewhere = [await preflight('https://evil.example'), await sendJson({ email: 'bob@example.org' }, 'https://evil.example')];

  expect([allowed.status, allowed.headers['access-control-allow-methods']]).toEqual([204, 'POST']);
  expect([taken.status, faulty.status]).toEqual([202, 400]);
  expect([allowed, taken, faulty].map(({ headers }) => headers['access-control-allow-origin'])).toEqual([own, own, own]);
  expect(elsewhere.flatMap(({ headers }) => Object.keys(headers).filter((name) => name.startsWith('access-control')))).toEqual([]);
  expect(site.queued).toMatchObject([{ topics: ['ships'], source: 'app', page: 'api' }, { topics: [] }]);
});

test('the form in a frame has its own stamp, topics and words, and may be framed by the sites of the settings alone', async () => {
  const page = await site.ask('GET', `/form?lang=en&source=blog&return=${encodeURIComponent(`${own}/thanks`)}`);
  const { fields, form } = formOf(page.text);
  site.afterMinutes(1);
  const { 'topic-ships': _left, ...chosen } = fields;
  const answer = await send({ ...chosen, email: 'ada@example.org' }, { origin: 'https://news.example.org' }, form.attribs.action);
  await site.work();

  expect(page.headers['content-security-policy']).toContain(`frame-ancestors ${own};`);
  expect(page.text).not.toContain('<footer>');
  expect([answer.status, answer.headers.location]).toEqual([303, `${own}/thanks`]);
  expect(await site.consents.of(site.idOf('ada@example.org'))).toMatchObject([
    { page: '/form', source: 'blog', wording: /^sign-up\.en\./ },
  ]);
  expect(await site.find('ada@example.org')).toMatchObject({ topics: ['tides'] });
});

test('what answers the form in a frame is for the frame too, and no other page ever is', async () => {
  const { text } = await site.ask('GET', '/form');
  const { fields, form } = formOf(text);
  const answers = [
    await send({ ...fields, email: 'ada' }, {}, form.attribs.action),
    await send({ ...fields, email: 'ada@example.org' }, {}, form.attribs.action),
    await send({ ...fields, email: 'a'.repeat(20_000) }, {}, form.attribs.action),
  ];
  site.afterMinutes(1);
  answers.push(await send({ ...fields, email: 'ada@example.org' }, {}, form.attribs.action));
  const others = await Promise.all(
    ['/', '/archive', '/preferences?t=x', '/unsubscribe?t=x', '/confirm?t=x', '/confirm?t=x&frame', '/archive/none?frame'].map((path) =>
      site.ask('GET', path),
    ),
  );

  const ancestors = ({ headers }: { headers: Record<string, string> }) =>
    /frame-ancestors ([^;]*)/.exec(headers['content-security-policy'] ?? '')?.[1];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 413, 202]);
  expect(new Set(answers.map(ancestors))).toEqual(new Set([own]));
  expect(new Set(others.map(ancestors))).toEqual(new Set(["'none'"]));
});

test('without the setting nobody may frame the form, and a plain form works all the same', async () => {
  site = readerSite(database.table);
  const page = await site.ask('GET', '/form');
  const answer = await send({ email: 'ada@example.org', return: `${own}/thanks` });

  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([202, undefined]);
});

test('what is proven once too many sign up keeps the topics, the source and the way back', async () => {
  site = readerSite(database.table, { formOrigins: [own], topics, limits: { proofFromNetwork: 0, waitSeconds: 1 } });
  const waiting = await send({ email: 'ada@example.org', 'topic-ships': 'yes', source: 'blog', return: `${own}/thanks` });
  site.afterMinutes(1);
  const answer = await send(filledIn(waiting.text));

  expect(waiting.status).toBe(428);
  expect([answer.status, answer.headers.location]).toEqual([303, `${own}/thanks`]);
  expect(site.queued).toMatchObject([{ topics: ['ships'], source: 'blog', page: 'form' }]);
});

test('however many forms name one mailbox, its limit holds for all of them', async () => {
  for (let n = 0; n < 20; n += 1) {
    await send({ email: 'ada@example.org', source: `site-${n}` }, { origin: `https://site-${n}.example` });
    await sendJson({ email: 'ada+tag@example.org', source: `app-${n}` });
  }
  await site.work();

  expect(site.mails).toHaveLength(1);
});

test('the code to copy is a form that works as it is', async () => {
  const page = await site.ask('GET', '/form/code?lang=en');
  const [, plain = ''] = [...page.text.matchAll(/<pre class="code"[^>]*><code>([\s\S]*?)<\/code>/g)].map(([, code = '']) =>
    code.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  );
  const { fields, form } = formOf(plain);
  const answer = await send(
    { ...fields, locale: 'en', 'topic-tides': 'yes', email: 'ada@example.org' },
    {},
    new URL(form.attribs.action ?? '').pathname,
  );

  expect(form.attribs.action).toBe('https://news.example.org/subscribe');
  expect(answer.status).toBe(202);
  expect(site.queued).toMatchObject([{ email: 'ada@example.org', topics: ['tides'], source: 'my-site' }]);
});
