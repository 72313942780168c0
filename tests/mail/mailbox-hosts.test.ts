import { expect, test } from 'vitest';
import { MailboxHosts, type MailServer } from '../../functions/mail/mailbox-hosts.ts';
import { providerOf } from '../../functions/mail/mailbox-provider.ts';
import { Table } from '../../functions/platform/table.ts';
import { MemoryDatabase } from '../simulation/dynamodb/memory-database.ts';

const at = (exchange: string, priority = 10): MailServer => ({ exchange, priority });
const fault = (code: string) => Object.assign(new Error(code), { code });
const never = () => new Promise<never>(() => undefined);

/** A company's mail servers, as `resolve` finds them, and two processes over one table. */
function domains(resolve: (domain: string) => Promise<readonly MailServer[]>) {
  const table = new Table(new MemoryDatabase({ pageItems: 50 }).client(), 'Table');
  const time = { now: Date.parse('2026-11-27T01:00:00Z') };
  const asked: string[] = [];
  const services = {
    table,
    resolve: (domain: string) => {
      asked.push(domain);
      return resolve(domain);
    },
    now: () => new Date(time.now),
    sleep: async () => undefined,
  };
  const process = (over: object = {}) => new MailboxHosts({ ...services, sleep: never, ...over });
  const providerIn = async (hosts: MailboxHosts, address: string) => providerOf((await hosts.lettersOf([address])).get(address) ?? '');
  return { process, providerIn, asked, time };
}

test.each([
  ['mxbiz1.qq.com', 'qq'],
  ['qiye163mx01.mxmail.netease.com', 'netease'],
  ['mx.ym.163.com', 'netease'],
  ['mxn.mxhichina.com', 'aliyun'],
  ['mx1.qiye.aliyun.com.', 'aliyun'],
  ['ASPMX.L.GOOGLE.COM', 'gmail'],
  ['smtp.google.com', 'gmail'],
  ['firm-example.mail.protection.outlook.com', 'outlook'],
  ['firm-example.a-v1.mx.microsoft', 'outlook'],
  ['mail.firm.example', 'other'],
  ['mx.notgoogle.com', 'other'],
  ['google.com.firm.example', 'other'],
])('a domain whose mail goes to %s counts with %s', async (exchange, provider) => {
  const { process, providerIn } = domains(async () => [at(exchange)]);

  await process().learn(['Ada@Firm.example']);

  expect(await providerIn(process(), 'bob@firm.example')).toBe(provider);
});

test('the server that is asked first says whose mailboxes they are', async () => {
  const { process, providerIn } = domains(async () => [at('mx.backup.example', 20), at('aspmx.l.google.com', 5), at('mxbiz1.qq.com', 10)]);

  await process().learn(['ada@firm.example']);

  expect(await providerIn(process(), 'ada@firm.example')).toBe('gmail');
});

test('a domain is looked up once a month, however many readers it has, and one that is known by its name never', async () => {
  const { process, asked, time } = domains(async (domain) => {
    if (domain === 'gone.example') throw fault('ENOTFOUND');
    return [at('mxbiz1.qq.com')];
  });
  const readers = ['a@firm.example', 'b@firm.example', 'c@gone.example', 'd@qq.com'];

  await process().learn(readers);
  await process().learn(readers);
  const within = [...asked];
  time.now += 31 * 86_400_000;
  await process().learn(readers);

  expect(within.sort()).toEqual(['firm.example', 'gone.example']);
  expect(asked).toHaveLength(4);
});

test.each(['ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED'])(
  'a look-up that fails with %s hurts nobody, and is made again the next time',
  async (code) => {
    const faults = [fault(code)];
    const { process, providerIn } = domains(async () => {
      const failed = faults.pop();
      if (failed) throw failed;
      return [at('mxbiz1.qq.com')];
    });
    const hosts = process();

    await hosts.learn(['ada@firm.example']);
    const before = await providerIn(hosts, 'ada@firm.example');
    await hosts.learn(['ada@firm.example']);

    expect([before, await providerIn(hosts, 'ada@firm.example')]).toEqual(['other', 'qq']);
  },
);

test('nobody waits for a look-up that takes too long, nor for a table that fails', async () => {
  const slow = domains(never);
  const broken = domains(async () => [at('mxbiz1.qq.com')]);
  const table = { getMany: () => Promise.reject(new Error('down')), put: () => Promise.reject(new Error('down')) };

  await slow.process({ sleep: async () => undefined }).learn(['ada@firm.example']);
  await broken.process({ table }).learn(['ada@firm.example']);

  expect(slow.asked).toEqual(['firm.example']);
  expect(broken.asked).toEqual([]);
});
