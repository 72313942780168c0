import { epochSeconds, minutesAfter } from '../../platform/clock.ts';
import { keys } from '../../platform/keys.ts';
import type { LimitsSetting } from '../../platform/limits-setting.ts';
import type { Table } from '../../platform/table.ts';

const month = 30 * 24 * 60;

/** How often one address gets a confirmation mail, whoever asks for it and from wherever. */
export class ConfirmationLimit {
  readonly #table: Table;
  readonly #limits: LimitsSetting;
  constructor(table: Table, limits: LimitsSetting) {
    this.#table = table;
    this.#limits = limits;
  }

  /**
   * Takes the turn of this request (an id of its own, and when it was made), or says that it comes too soon. A request
   * that the queue brings again has its turn already. Who has left since the last mail, which takes a link of their own,
   * need not wait to come back.
   */
  async take(reader: string, request: { id: string; at: Date; leftAt?: string | undefined }): Promise<'granted' | 'too_soon'> {
    const own = `${request.at.toISOString()}#${request.id}`;
    for (;;) {
      const item = await this.#table.get(keys.confirmationsTo(reader));
      const turns = turnsOf(item?.turns).filter((turn) => minutesBetween(turn, request.at) < month);
      if (turns.includes(own)) return 'granted';
      const tooSoon = turns
        .filter((turn) => turn > (request.leftAt ?? ''))
        .some((turn) => minutesBetween(turn, request.at) < this.#limits.minutesBetweenConfirmations);
      if (tooSoon || turns.length >= this.#limits.confirmationsIn30Days) return 'too_soon';
      const version = Number(item?.version ?? 0);
      const taken = await this.#table.put(
        {
          ...keys.confirmationsTo(reader),
          turns: [...turns, own],
          version: version + 1,
          expiresAt: epochSeconds(minutesAfter(request.at, month)),
        },
        item ? { expression: 'version = :version', values: { ':version': version } } : { expression: 'attribute_not_exists(pk)' },
      );
      if (taken) return 'granted';
    }
  }
}

const turnsOf = (stored: unknown): string[] => (Array.isArray(stored) ? stored.map(String) : []);

const minutesBetween = (turn: string, at: Date) => Math.abs(at.getTime() - Date.parse(turn.split('#')[0] ?? '')) / 60_000;
