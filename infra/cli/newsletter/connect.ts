import { cannot } from '../frame/cli-error.ts';
import type { Context } from '../frame/context.ts';
import type { CommandModule, Outcome } from '../frame/program.ts';
import { storeConnection } from './connection.ts';
import { NewsletterClient, refusalIn } from './newsletter-client.ts';

export const connectCommand: CommandModule = (program, { words, act }) =>
  program
    .command('connect')
    .description(words.commands.connect)
    .argument('<address>', words.options.newsletterAddress)
    .action(act(connect));

/** Keeps address and key for the commands to come, once the newsletter has taken the key. */
async function connect(context: Context, address: string): Promise<Outcome> {
  const { terminal, words, environment } = context;
  const given = environment.PERIODICAL_KEY ?? '';
  if (!given && !terminal.interactive) throw cannot('key_needed', {});
  const key = given || (await terminal.ask({ message: words.newsletter.askKey })).trim();
  const url = /^https?:/.test(address) ? address : `https://${address}`;
  if (!URL.canParse(url) || (new URL(url).protocol === 'http:' && !isHere(new URL(url)))) throw cannot('address_not_safe', { address });
  const connection = { url: new URL(url).origin, key };
  await new NewsletterClient(connection, context).get('/api/v1/issues', { limit: '1' }).catch((error: unknown) => {
    // A key that may do something else is a key of this newsletter all the same.
    if (refusalIn(error)?.code !== 'scope_missing') throw error;
  });
  const file = storeConnection(connection, context);
  terminal.say(words.newsletter.connected({ url: connection.url, file }));
  return { result: { url: connection.url, file } };
}

/** On its way to another machine a key without TLS is everybody's. */
const isHere = ({ hostname }: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
