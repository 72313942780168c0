import { allowanceOf } from './standing.ts';
import type { LinedUp, NetworkInLine, WaitingLine } from './waiting-line.ts';

/** A network in one round of releasing: its mails, read as far as their turn comes, and those whose turn it was. */
export class NetworkTurn {
  readonly standing: NetworkInLine;
  readonly taken: LinedUp[] = [];
  readonly #allowance: number;
  readonly #mails: AsyncIterator<LinedUp>;
  /** The first of those that stay; `undefined` when there is none, or none was read. */
  next: LinedUp | undefined;
  #isRead = false;

  constructor(standing: NetworkInLine, line: Pick<WaitingLine, 'mailsOf'>, perNetwork: number) {
    this.standing = standing;
    this.#allowance = allowanceOf(standing, perNetwork);
    this.#mails = line.mailsOf(standing.network);
  }

  /** How many more of its mails may go before those of others. */
  get allowance(): number {
    return this.#allowance - this.taken.length;
  }

  /** When the mail was asked for whose turn it is here. */
  get since(): string {
    return this.next?.at ?? this.standing.first;
  }

  /** How many mails stay, as far as it is known. */
  get waiting(): number {
    return this.isEmpty ? 0 : Math.max(0, this.standing.waiting - this.taken.length);
  }

  /** Whether nothing was found, whatever was counted. */
  get isEmpty(): boolean {
    return this.#isRead && this.next === undefined;
  }

  /** Takes the first mail, and reads the one behind it. */
  async take(): Promise<LinedUp | undefined> {
    const mail = this.#isRead ? this.next : await this.#read();
    if (!mail) return undefined;
    this.taken.push(mail);
    await this.#read();
    return mail;
  }

  async #read(): Promise<LinedUp | undefined> {
    this.#isRead = true;
    const { value, done } = await this.#mails.next();
    this.next = done ? undefined : value;
    return this.next;
  }

  async close() {
    await this.#mails.return?.();
  }
}
