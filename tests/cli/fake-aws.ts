import type { Clients } from '../../infra/cli/frame/clients.ts';

/** The class of a command of AWS's SDK, with what it takes and what AWS answers. */
type CommandClass<Input, Output> = new (
  ...parts: never[]
) => { input: Input; resolveMiddleware: (...parts: never[]) => (...parts: never[]) => Promise<{ output: Output }> };
type Bare<Output> = Omit<Output, '$metadata'>;

/** An error as the SDK throws it: the service's name for it, and its text. */
export const awsError = (name: string, message = name) => Object.assign(new Error(message), { name });

/**
 * In place of AWS: answers the SDK's commands, by their classes, with what is said here. A command of which nothing is said fails the
 * test. `asked` has every command that came, with its input.
 */
export class FakeAws {
  readonly asked: { command: string; input: object }[] = [];
  /** A table to ask in earnest, in place of answers. */
  dynamodb: Clients['dynamodb'] | undefined;
  readonly #answers = new Map<string, (input: never) => object | Promise<object>>();

  on<Input extends object, Output extends object>(
    command: CommandClass<Input, Output>,
    answer: (input: Input) => Bare<Output> | Promise<Bare<Output>>,
  ): this {
    this.#answers.set(command.name, answer as (input: never) => object);
    return this;
  }

  /** What came of one kind, in order. */
  inputsOf<Input extends object, Output extends object>(command: CommandClass<Input, Output>): Input[] {
    return this.asked.filter((each) => each.command === command.name).map(({ input }) => input as Input);
  }

  /** One object for all clients: the command says which service is meant. */
  get clients(): Clients {
    const client = {
      send: async (command: { constructor: { name: string }; input: object }) => {
        const { name } = command.constructor;
        this.asked.push({ command: name, input: command.input });
        const answer = this.#answers.get(name);
        if (!answer) throw new Error(`The fake was not told what AWS answers to ${name}`);
        return answer(command.input as never);
      },
    };
    return new Proxy({} as Clients, { get: (_, service) => (service === 'dynamodb' && this.dynamodb) || client });
  }
}
