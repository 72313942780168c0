import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Table } from '../../../functions/platform/table.ts';
import { Settings } from '../../../functions/settings/settings.ts';
import { type AddingServices, addConfirmedReader } from '../../../functions/subscribers/add-confirmed-reader.ts';
import { SubscriberStore } from '../../../functions/subscribers/subscriber-store.ts';
import type { LocalRequest, LocalResponse } from '../http/http-message.ts';
import { jsonResponse } from '../http/http-message.ts';
import type { ControlParts } from './control-route.ts';
import { bodyOf } from './control-route.ts';

const Locale = Settings.shape.locale.unwrap();

const ReadersRequest = z.union([
  z.strictObject({ count: z.int().min(1).max(500_000), locale: Locale.optional() }),
  z.strictObject({ addresses: z.array(z.string()).min(1), locale: Locale.optional() }),
]);

/** Writes under way at once. */
const atOnce = 32;

type Account = { added: string[]; known: string[]; refused: { address: string; reason: string }[] };

/**
 * Confirmed readers, put there by the product's own store and rules. `count` makes `reader-1@example.org` and so on,
 * passing over those that are there; `addresses` takes them as they are.
 */
export async function addReaders(parts: ControlParts, request: LocalRequest): Promise<LocalResponse> {
  const wish = bodyOf(ReadersRequest, request);
  const { services, locale: usual, client } = storeOf(parts);
  const locale = wish.locale ?? usual;
  const account: Account = { added: [], known: [], refused: [] };
  const add = async (address: string) => {
    const outcome = await addConfirmedReader({ email: address, locale }, services);
    if (outcome === 'added') account.added.push(address);
    else if (outcome === 'known') account.known.push(address);
    else account.refused.push({ address, reason: outcome });
  };
  if ('addresses' in wish) await addAll(wish.addresses, add);
  else
    for (let n = 0; account.added.length < wish.count; ) {
      const missing = Array.from({ length: wish.count - account.added.length }, () => `reader-${++n}@example.org`);
      await addAll(missing, add);
    }
  client.destroy();
  return jsonResponse(201, {
    added: account.added.length,
    known: account.known.length,
    refused: account.refused,
    addresses: account.added,
  });
}

async function addAll(addresses: readonly string[], add: (address: string) => Promise<void>) {
  const left = addresses.values();
  const worker = async () => {
    for (const address of left) await add(address);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** The store as the functions know it: table, identity key and settings are those the template gives them. */
function storeOf({ functions, endpoints, stack, secrets, clock }: ControlParts) {
  const wired = [...functions.values()].map(({ definition }) => definition).find(({ env }) => env.TABLE_NAME && env.IDENTITY_KEY_SECRET);
  if (!wired) throw new Error('No function of the template knows both the table and the identity key.');
  const client = new DynamoDBClient({
    endpoint: endpoints.DYNAMODB,
    region: stack.place.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const settings = Settings.parse(JSON.parse(readFileSync(join(dirname(wired.briefing.modulePath), 'settings.json'), 'utf8')));
  const services: AddingServices = {
    subscribers: new SubscriberStore(new Table(client, wired.env.TABLE_NAME ?? '')),
    identityKey: secrets.answer(wired.env.IDENTITY_KEY_SECRET ?? '')?.SecretString ?? '',
    now: clock.now,
  };
  return { services, locale: settings.locale, client };
}
