import { expect, test } from 'vitest';
import { MailboxHosts } from '../../../functions/mail/mailbox-hosts.ts';
import { providerOf } from '../../../functions/mail/mailbox-provider.ts';
import { Table } from '../../../functions/platform/table.ts';
import { standInResolver } from '../../../infra/local/emulators/functions/stand-in-resolver.ts';
import { MemoryDatabase } from '../../simulation/dynamodb/memory-database.ts';

test('a local run has a firm at each provider that hosts firms, and asks no network', async () => {
  standInResolver();
  const firms = ['tencent', 'netease', 'aliyun', 'google', 'microsoft', 'nobody'].map((name) => `ada@${name}.test`);
  const hosts = new MailboxHosts({ table: new Table(new MemoryDatabase({ pageItems: 50 }).client(), 'Table') });

  await hosts.learn(firms);

  const letters = await hosts.lettersOf(firms);
  expect([...letters.values()].map(providerOf)).toEqual(['qq', 'netease', 'aliyun', 'gmail', 'outlook', 'other']);
});
