const counted = 50;
const tooManyOf = 10;

/** The last fifty answers that one process had from SES. */
export class AnswerLog {
  readonly #answers: ('fine' | 'failed')[] = [];

  add(answer: 'fine' | 'failed') {
    this.#answers.push(answer);
    if (this.#answers.length > counted) this.#answers.shift();
  }

  forget() {
    this.#answers.length = 0;
  }

  /** Whether a fifth of the last fifty failed. */
  get tooMany(): boolean {
    return this.#answers.filter((answer) => answer === 'failed').length >= tooManyOf;
  }

  get successesInARow(): number {
    return this.#answers.length - 1 - this.#answers.lastIndexOf('failed');
  }
}
