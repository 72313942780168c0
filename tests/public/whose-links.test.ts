import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maskAddress } from '../../functions/mail/email-address.ts';
import { keys } from '../../functions/platform/keys.ts';
import { linkTo } from '../../functions/subscribers/reader-links.ts';
import { startTable } from '../support/dynamodb.ts';
import { type ReaderSite, readerSite } from './reader-site.ts';

let database: Awaited<ReturnType<typeof startTable>>;
let runs = 0;
beforeAll(async () => {
  database = await startTable();
});
afterAll(() => database.stop());

const type = 'application/x-www-form-urlencoded';
const freely = { limits: { minutesBetweenConfirmations: 1, confirmationsIn30Days: 20, proofFromNetwork: 10_000, perNetwork: 10_000 } };
const topics = [
  { id: 'tides', name: 'Tides' },
  { id: 'ships', name: 'Ships' },
];

/** A link somebody holds, and the mailbox that it was mailed to. */
type Held = { url: string; mailbox: string };

/** What strangers and readers do, one after the other; numbers choose among four mailboxes, and among the links of all mails so far. */
const step = fc.record({
  act: fc.constantFrom(
    'ask',
    'subscribe',
    'leave',
    'second',
    'wish',
    'move',
    'move',
    'accept',
    'erase',
    'try',
    'try',
    'try',
    'look',
    'look',
  ),
  who: fc.nat(3),
  other: fc.nat(3),
  link: fc.oneof(fc.nat(5), fc.nat(40)),
  body: fc.constantFrom(
    'download=yes',
    'erase=yes&sure=yes',
    'newAddress=stranger%40elsewhere.example',
    'locale=zh-CN',
    'topicsShown=yes&topic-tides=yes',
    'link=yes',
    'pause=2',
    'pause=0',
    'leave=yes',
    'reason=other',
    '',
  ),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

class Harbour {
  readonly #site: ReaderSite;
  readonly mailboxes: string[];
  readonly #held: Held[] = [];
  #delivered = 0;
  constructor(site: ReaderSite, run: number) {
    this.#site = site;
    this.mailboxes = ['ada', 'bob', 'cem', 'dot'].map((name) => `${name}@${name}${run}.example`);
    for (const purpose of ['preferences', 'unsubscribe'] as const)
      for (const mailbox of this.mailboxes) this.#held.push({ mailbox, url: linkTo(site.ring, '', { purpose, id: site.idOf(mailbox) }) });
  }

  mailbox = (n: number) => this.mailboxes[n] as string;
  /** Counted from the newest one. */
  linkOf = (n: number) => this.#held[this.#held.length - 1 - (n % this.#held.length)] as Held;

  post = (url: string, body = '') => this.#site.ask('POST', url, { type, body });
  get = (url: string) => this.#site.ask('GET', url);

  /** Puts what is queued into the mailboxes. */
  async mail() {
    await this.#site.work();
    for (const { to, confirmUrl } of this.#site.mails.slice(this.#delivered))
      if (confirmUrl) this.#held.push({ mailbox: to, url: confirmUrl });
    this.#delivered = this.#site.mails.length;
    this.#site.afterMinutes(3);
  }

  async subscribe(mailbox: string) {
    await this.#site.signUp(mailbox);
    await this.mail();
    await this.#click(mailbox);
  }

  async do({ act, who, other }: Step) {
    const [own, there] = [this.mailbox(who), this.mailbox(other)];
    if (act === 'ask') await this.#site.signUp(own);
    if (act === 'subscribe') await this.subscribe(own);
    if (act === 'leave') await this.post(this.#preferences(own), 'leave=yes');
    if (act === 'second') await this.#second(own);
    if (act === 'erase') await this.post(await this.#second(own), 'erase=yes&sure=yes');
    if (act === 'wish' || act === 'move') await this.post(await this.#second(own), `newAddress=${there}`);
    await this.mail();
    if (act === 'move') await this.#click(there);
    if (act === 'accept') await this.#click(own);
    await this.mail();
  }

  #preferences = (mailbox: string) => linkTo(this.#site.ring, '', { purpose: 'preferences', id: this.#site.idOf(mailbox) });
  #newest = (mailbox: string, page: string) => this.#held.findLast((held) => held.mailbox === mailbox && held.url.includes(page))?.url;
  #click = (mailbox: string) => this.post(this.#newest(mailbox, '/confirm') ?? this.#preferences(mailbox));

  async #second(mailbox: string) {
    this.#site.afterMinutes(8);
    await this.post(this.#preferences(mailbox), 'link=yes');
    await this.mail();
    return this.#newest(mailbox, '/preferences') ?? this.#preferences(mailbox);
  }

  /** What is stored of each mailbox's reader. */
  async records(): Promise<Map<string, string>> {
    const read = async (mailbox: string) =>
      [mailbox, JSON.stringify(await database.table.get(keys.subscriber(this.#site.idOf(mailbox))))] as const;
    return new Map(await Promise.all(this.mailboxes.map(read)));
  }

  /** Where the moves of a mailbox's reader have led. */
  async movedFrom(mailbox: string): Promise<string[]> {
    const to: string[] = [];
    for (let at: string | undefined = mailbox; at && to.length < 9; ) {
      const record: Record<string, unknown> | undefined = await database.table.get(keys.subscriber(this.#site.idOf(at)));
      at = record?.state === 'moved' ? this.mailboxes.find((each) => this.#site.idOf(each) === record.movedTo) : undefined;
      if (at) to.push(at);
    }
    return to;
  }
}

const stopsMails = (held: Held, body: string) => held.url.includes('/unsubscribe') || /^(leave|pause|reason)=/.test(body);

test('no link shows or changes what belongs to another address, but that leaving and pausing follow a move of one’s own', async () => {
  let overtaken = 0;

  await fc.assert(
    fc.asyncProperty(fc.subarray([0, 1, 2, 3]), fc.array(step, { minLength: 4, maxLength: 16 }), async (subscribed, steps) => {
      runs += 1;
      const harbour = new Harbour(readerSite(database.table, { ...freely, topics }), runs);
      for (const n of subscribed) await harbour.subscribe(harbour.mailbox(n));
      for (const each of steps) {
        if (each.act !== 'try' && each.act !== 'look') {
          await harbour.do(each);
          continue;
        }
        const held = harbour.linkOf(each.link);
        const others = harbour.mailboxes.filter((mailbox) => mailbox !== held.mailbox);
        const ownMoves = stopsMails(held, each.body) ? await harbour.movedFrom(held.mailbox) : [];
        const before = await harbour.records();

        const answer = each.act === 'look' ? await harbour.get(held.url) : await harbour.post(held.url, each.body);

        const after = await harbour.records();
        if (answer.status === 410) overtaken += 1;
        const changed = others.filter((mailbox) => before.get(mailbox) !== after.get(mailbox));
        expect(others.filter((mailbox) => answer.text.includes(mailbox) || answer.text.includes(maskAddress(mailbox)))).toEqual([]);
        if (!isMove(held, before, harbour)) expect(changed.filter((mailbox) => !ownMoves.includes(mailbox))).toEqual([]);
        await harbour.mail();
      }
    }),
    { numRuns: 60 },
  );

  // Links of readers who had moved were among those that were tried.
  expect(overtaken).toBeGreaterThan(0);
}, 120_000);

/** The link in a new mailbox, whose click is what moves a reader there. */
const isMove = ({ mailbox, url }: Held, before: Map<string, string>, { mailboxes }: Harbour) =>
  url.includes('/confirm') && mailboxes.some((each) => before.get(each)?.includes(`"wantedAddress":"${mailbox}"`));
