import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { recogniseList } from '../../../functions/imports/reading/recognise-list.ts';

const mailchimp = 'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,';
const heads = {
  subscribed: `${mailchimp}LAST_CHANGED,LEID,EUID,NOTES,TAGS`,
  unsubscribed: `${mailchimp}UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,LEID,EUID,NOTES,TAGS`,
  cleaned: `${mailchimp}CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS`,
};
const listOf = (head: string) => Buffer.from(`${head}\nada@example.org,Ada\n`);

test.each([
  ['subscribed', heads.subscribed, 'subscribed_members_export_1.csv', 'subscribed', { address: 0, date: 6, dateElse: 4 }, []],
  ['unsubscribed', heads.unsubscribed, 'unsubscribed_members_export_1.csv', 'unsubscribed', { address: 0, date: 6, dateElse: 4 }, [8]],
  ['cleaned', heads.cleaned, 'cleaned_members_export_1.csv', 'bounced', { address: 0, date: 6, dateElse: 4 }, [8]],
  ['non-subscribed', heads.subscribed, 'nonsubscribed_members_export_1.csv', 'nonsubscribed', { address: 0, date: 6, dateElse: 4 }, []],
] as const)('Mailchimp’s %s', (_name, head, filename, status, columns, states) => {
  const read = recogniseList(listOf(head), filename);

  expect(read).toMatchObject({ format: 'mailchimp', status, columns, skip: 1, delimiter: ',' });
  expect(read.states.map(({ column }) => column)).toEqual(expect.arrayContaining([...states]));
});

test.each([
  ['substack', 'email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at', { address: 0, date: 5 }, [4]],
  [
    'ghost',
    'id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers',
    { address: 1, date: 7, tags: 9 },
    [8],
  ],
  [
    'buttondown',
    'id,email_address,notes,metadata,tags,type,creation_date,unsubscription_date,unsubscription_reason',
    { address: 1, date: 6, tags: 4 },
    [7],
  ],
  ['listmonk', 'uuid,email,name,attributes,status,created_at,updated_at', { address: 1, date: 5 }, []],
] as const)(
  '%s, by the columns of its export; without a word about mail in its one row, what it means is not known',
  (format, head, columns, states) => {
    const places = Math.max(columns.address + 1, 0);
    const read = recogniseList(
      Buffer.from(`${head}\n${Array.from({ length: places }, (_, n) => (n === columns.address ? 'ada@example.org' : '')).join(',')}\n`),
      '',
    );

    expect(read).toMatchObject({ format, columns });
    expect(read.states.map(({ column }) => column)).toEqual(expect.arrayContaining([...states]));
    expect(read.status).toBeUndefined();
  },
);

test.each([
  [
    'semicolons',
    '邮箱;状态;订阅时间\nada@example.org;退订;2024-01-02\n',
    { delimiter: ';', columns: { address: 0, date: 2 }, states: [{ column: 1, reads: 'words' }] },
  ],
  ['tabs', 'name\te-mail\nAda\tada@example.org\n', { delimiter: '\t', columns: { address: 1 } }],
  ['the separator that Excel writes', 'sep=;\nname;email\nAda;ada@example.org\n', { delimiter: ';', skip: 2, columns: { address: 1 } }],
  ['no names', 'Ada,ada@example.org\nBo,bo@example.org\n', { skip: 0, names: ['Column 1', 'Column 2'], columns: { address: 1 } }],
  ['one column', 'ada@example.org\nbo@example.org\n', { skip: 0, columns: { address: 0 } }],
  ['an address that is a street’s', 'Address,Contact\n1 Main Street,ada@example.org\n', { columns: { address: 1 } }],
  [
    'a title above it',
    'Our readers,,\n,,\nName,E-mail,Since\nAda,ada@example.org,2020-01-02\n',
    { skip: 3, columns: { address: 1, date: 2 } },
  ],
  [
    'states whose column has another name',
    'email,notes from the office\na@example.org,subscribed\nb@example.org,unsubscribed\n',
    { states: [{ column: 1, reads: 'words' }] },
  ],
  [
    'states and dates without names',
    'a@example.org,subscribed,2024-01-05\nb@example.org,bounced,2024-01-06\n',
    { skip: 0, columns: { address: 0, date: 2 }, states: [{ column: 1, reads: 'words' }] },
  ],
  [
    'dates in a column that is called like a state',
    'Email,Subscribed\na@example.org,2023-03-01\nb@example.org,2023-03-02\n',
    { columns: { address: 0, date: 1 }, states: [] },
  ],
])('a plain table with %s', (_name, text, expected) => {
  expect(recogniseList(Buffer.from(text), '')).toMatchObject({ format: 'plain', ...expected });
});

const chinese = `邮箱,姓名,状态\n${'ada@example.org,欧阳明月,已订阅\nbo@example.org,诸葛亮在成都种树,退订\n'.repeat(20)}`;
const japanese = `メールアドレス,名前,状態\n${'ada@example.org,山田たろう,登録済み\nbo@example.org,すずきはなこ,解除\n'.repeat(20)}`;
test.each([
  ['utf-8', chinese, 'utf8'],
  ['utf-16le', chinese, 'utf16le'],
  ['utf-16be', chinese, 'utf16be'],
  ['gb18030', chinese, 'gb18030'],
  ['shift_jis', japanese, 'shiftjis'],
  ['windows-1252', 'email,name\nada@example.org,Zoë Müller aus Köln\nbo@example.org,José Nuñez\n'.repeat(5), 'win1252'],
] as const)('%s, with and without a byte batch mark', (encoding, text, written) => {
  expect(recogniseList(iconv.encode(text, written), '')).toMatchObject({ encoding, columns: { address: 0 } });
  if (encoding.startsWith('utf')) expect(recogniseList(iconv.encode(text, written, { addBOM: true }), '')).toMatchObject({ encoding });
});

test('what an editor says outweighs what was recognised', () => {
  const list = Buffer.from('a;b\nx@example.org;ada@example.org\n');

  const said = recogniseList(list, '', { delimiter: ';', hasNames: true, columns: { address: 1 }, status: 'unconfirmed' });

  expect(said).toMatchObject({ columns: { address: 1 }, status: 'unconfirmed', names: ['a', 'b'] });
});

test.each([
  ['holds no addresses', Buffer.from('name,city\nAda,London\n')],
  ['is a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
  ['has a thousand columns', Buffer.from(`${Array.from({ length: 1000 }, (_, n) => `c${n}`).join(',')}\n`)],
])('a file that %s is refused in words', (_name, bytes) => {
  expect(() => recogniseList(bytes, '')).toThrow(/column/);
});
