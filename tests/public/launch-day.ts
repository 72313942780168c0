import type { Challenge } from 'altcha-lib';
import { Table } from '../../functions/platform/table.ts';
import { spendOnce } from '../../functions/public/guard/spend-once.ts';
import { ConsentLog } from '../../functions/subscribers/consent-log.ts';
import { MailboxLimit } from '../../functions/subscribers/limits/mailbox-limit.ts';
import type { RequestedMail } from '../../functions/subscribers/requested-mails/requested-mail.ts';
import { type ConfirmationServices, sendConfirmation } from '../../functions/subscribers/send-confirmation.ts';
import { SubscriberStore } from '../../functions/subscribers/subscriber-store.ts';
import { releaseLine } from '../../functions/subscribers/waiting-line/release-line.ts';
import { WaitingLine } from '../../functions/subscribers/waiting-line/waiting-line.ts';
import { type AccountProcess, SimulatedAccount, start } from '../mail/pace/simulated-account.ts';
import { readerSite } from './reader-site.ts';

/**
 * `people` sign up within `seconds`, and those who confirm do so `clickSeconds` after their mail on average; so many networks of bots ask as
 * fast as they can from the beginning, and confirm nothing.
 */
export type Launch = { people: number; seconds: number; clickSeconds: number; bots: number; rate: number; limits?: object; seed?: number };

const carriers = 30;
const behindCarriers = 2 / 3;
const confirming = 0.6;
/** The arithmetic of a proof: a third of a second of a laptop, and longer on a phone. */
const proofMs = { person: 1_500, bot: 350 };
/** As `infra/parts/subscribers.ts` wires them. */
const [workers, batchSize] = [2, 10];
const quickestClickMs = 5_000;
/** Who was told minutes was told whole ones, and at once means within half a minute. */
const graceMs = 30_000;

type Person = {
  email: string;
  from: string;
  confirms: boolean;
  askedAt: number;
  toldMs?: number;
  refused?: number;
  mailedAt?: number;
  isIn?: boolean;
};

/**
 * A launch in virtual time: the deployed modules from the route to SES, over a database in memory. Only the arithmetic of a proof
 * is left out; who proves waits as long as it takes.
 */
export class LaunchDay {
  readonly people: Person[];
  readonly account: SimulatedAccount;
  botMails = 0;
  botRefusals = 0;
  readonly #launch: Launch;
  readonly #table: Table;
  readonly #site: ReturnType<typeof readerSite>;
  readonly #queue: { message: RequestedMail; from: number }[] = [];
  readonly #byAddress: Map<string, Person>;

  constructor(launch: Launch) {
    const { people, seconds, rate, limits = {}, seed = 7 } = launch;
    this.#launch = launch;
    this.account = new SimulatedAccount(rate, seed);
    const { scheduler, random, database } = this.account;
    this.#table = new Table(database.client(), 'Table');
    const clock = () => new Date(scheduler.now);
    const proofs = {
      challenge: async () => ({ parameters: {}, signature: `${scheduler.steps}-${random.next()}` }) as unknown as Challenge,
      redeem: async (proof: string, now: Date) => spendOnce(this.#table, proof, now.getTime() / 1_000 + 900),
    };
    this.#site = readerSite(this.#table, { limits }, { clock, proofs });
    this.people = Array.from({ length: people }, (_, n) => ({
      email: `person${n}@example.org`,
      from: random.chance(behindCarriers)
        ? `100.${random.whole(0, carriers - 1)}.7.${random.whole(1, 250)}`
        : `${20 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.9`,
      confirms: random.chance(confirming),
      askedAt: start + random.next() * seconds * 1_000,
    }));
    this.#byAddress = new Map(this.people.map((person) => [person.email, person]));
  }

  async run(hours: number) {
    const { scheduler } = this.account;
    for (const person of this.people) scheduler.at(person.askedAt, () => void this.#signUp(person));
    for (let n = 0; n < this.#launch.bots; n += 1) this.#bot(n, 0);
    for (let n = 0; n < workers; n += 1) this.#work(this.account.process());
    const watching = this.account.process();
    const watch = () => {
      void this.#release(watching);
      scheduler.after(60_000, watch);
    };
    watch();
    await scheduler.runUntil(start + hours * 3_600_000);
  }

  /** Until the last of the people got their mail. */
  get lastMailMs(): number {
    return (
      Math.max(...this.people.map(({ mailedAt = Number.POSITIVE_INFINITY }) => mailedAt)) -
      Math.min(...this.people.map(({ askedAt }) => askedAt))
    );
  }

  /** Whose mail came later than the page had said. */
  get late(): Person[] {
    return this.people.filter(({ mailedAt = Number.POSITIVE_INFINITY, askedAt, toldMs = 0 }) => mailedAt - askedAt > toldMs + graceMs);
  }

  get refused(): Person[] {
    return this.people.filter(({ refused }) => refused !== undefined);
  }

  async #signUp(person: Person, proof?: string) {
    const { scheduler } = this.account;
    const { status, text } = await this.#ask(person, proof);
    if (status === 428) return scheduler.after(proofMs.person, () => void this.#signUp(person, JSON.parse(text).challenge.signature));
    if (status === 202) person.toldMs = (JSON.parse(text).mailWithinMinutes ?? 1) * 60_000;
    else person.refused = status;
  }

  #bot(network: number, n: number, proof?: string) {
    const { scheduler } = this.account;
    void this.#ask({ email: `victim${n}@bots${network}.example.net`, from: `45.${network}.9.${n % 250}` }, proof).then(
      ({ status, text }) => {
        if (status === 429) this.botRefusals += 1;
        // One that is refused tries again later, since it costs it nothing.
        if (status === 428) scheduler.after(proofMs.bot, () => this.#bot(network, n, JSON.parse(text).challenge.signature));
        else scheduler.after(status === 429 ? 20_000 : 100, () => this.#bot(network, n + 1));
      },
    );
  }

  async #ask({ email, from }: { email: string; from: string }, proof?: string) {
    const body = JSON.stringify({ email, ...(proof && { proof }) });
    const answer = await this.#site.ask('POST', '/subscribe', { from, accept: '*/*', type: 'application/json', body });
    for (const message of this.#site.queued.splice(0)) this.#queue.push({ message: { ...message, tries: 0 } as RequestedMail, from: 0 });
    return answer;
  }

  #release({ table, now, pace }: AccountProcess) {
    const { scheduler } = this.account;
    const send = async (message: RequestedMail, { delaySeconds = 0 } = {}) =>
      void this.#queue.push({ message, from: scheduler.now + delaySeconds * 1_000 });
    return releaseLine({
      line: new WaitingLine(table, now),
      requests: { send },
      rate: () => pace.rate(),
      limits: this.#site.settings.limits,
      now,
    });
  }

  #work(process: AccountProcess) {
    const { scheduler } = this.account;
    const services = this.#confirmationServices(process);
    const poll = () => {
      const ready = this.#queue.filter(({ from }) => from <= scheduler.now).slice(0, batchSize);
      for (const each of ready) this.#queue.splice(this.#queue.indexOf(each), 1);
      if (ready.length === 0) return scheduler.after(200, poll);
      void Promise.all(ready.map(({ message }) => this.#mail(message, services))).then(() => scheduler.after(20, poll));
    };
    poll();
  }

  async #mail(message: RequestedMail, services: Omit<ConfirmationServices, 'writeConfirmation'>) {
    if ('kind' in message) return;
    const { scheduler, random } = this.account;
    let link = '';
    const writeConfirmation = async (_: string, url: string) => {
      link = url;
      return { subject: 'Confirm', html: url, text: url };
    };
    const outcome = await sendConfirmation(message, { ...services, writeConfirmation });
    if (outcome !== 'submitted') return;
    const person = this.#byAddress.get(message.email);
    if (!person) {
      this.botMails += 1;
      return;
    }
    person.mailedAt ??= scheduler.now;
    if (person.confirms) {
      const takes = -Math.log(1 - random.next()) * this.#launch.clickSeconds * 1_000;
      scheduler.after(quickestClickMs + takes, () => void this.#click(person, link));
    }
  }

  async #click(person: Person, link: string) {
    const { status } = await this.#site.ask('POST', link, { from: person.from });
    person.isIn = status === 200;
  }

  #confirmationServices({ table, pace, mailer, now }: AccountProcess) {
    const { ring, settings } = this.#site;
    return {
      subscribers: new SubscriberStore(table),
      consents: new ConsentLog(table),
      limit: new MailboxLimit(table, ring, settings.limits),
      mailer,
      pace,
      identityKey: 'identity',
      ring,
      settings,
      publicOrigin: 'https://news.example.org',
      now,
    };
  }
}
