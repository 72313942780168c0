import * as z from 'zod';
import { closedDirection } from '../platform/closed-direction.ts';

/** `Name <address>` as one object; the address is ASCII, because SES takes no other. */
const Sender = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[^\r\n]*$/, 'a name on one line')
    .overwrite(closedDirection)
    .meta({ description: 'The name that readers see in their inbox.' }),
  address: z
    .email('an address such as weekly@news.example.org')
    .meta({ description: 'The address. SES sends only from a domain that you have verified; the stack outputs the DNS records.' }),
});

const hostName = 'a host name such as news.example.org, without https://';

/** CloudWatch Logs keeps lines for one of these numbers of days (PutRetentionPolicy). */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

const secretArn = z
  .string()
  .regex(/^arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+$/, 'the ARN of a secret, with its last six letters');

/** The names of a stack are in the address of the sign-in page, and Cognito refuses these words there. */
const notCognitos = /^(?!.*(aws|amazon|cognito))/i;

/** What the stack is built from. A change takes a deployment. `docs/settings.md` is made from these descriptions. */
export const DeploymentSettings = z.strictObject({
  stackName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/, 'letters, digits and single hyphens, such as Harbour-Weekly')
    .max(20)
    .regex(notCognitos, 'a name without aws, amazon and cognito in it')
    .default('Periodical')
    .meta({
      description:
        'The name of the stack, at most 20 characters. Every name that AWS needs is made from it, so two newsletters in one account need two different names. If you change it, a new stack is made, with a table of its own.',
      example: 'Harbour-Weekly',
    }),
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]*$/, 'small letters and digits, such as staging')
    .max(10)
    .regex(notCognitos, 'a name without aws, amazon and cognito in it')
    .default('production')
    .meta({
      description:
        'Which of the newsletter’s stacks this is. The name of every stage except `production` is added to the name of the stack: `Periodical-staging` is beside `Periodical`. Give each stage a settings file of its own, with its own host and senders.',
      example: 'staging',
    }),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-central-1')
    .optional()
    .meta({
      description: 'The AWS region. Without this setting, the stack goes to the region that belongs to the credentials of the deployment.',
      example: 'eu-central-1',
    }),
  terminationProtection: z.boolean().default(false).meta({
    description:
      'Whether AWS refuses to delete the stack. `periodical deploy` sets it after the first deployment that succeeds, and not before: a first deployment that fails can be repeated only if its stack can be deleted.',
    example: true,
  }),
  publicHost: z.hostname(hostName).optional().meta({
    description:
      'The host of all public pages and of every link in mails. It needs `certificateArn`. Without a host, pages and links have the domain of the CloudFront distribution. If you set a host later, links in mails that were sent before keep the CloudFront domain.',
    example: 'news.example.org',
  }),
  certificateArn: z
    .string()
    .regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'the ARN of an ACM certificate in us-east-1')
    .optional()
    .meta({
      description: 'The ACM certificate for `publicHost`. It must be in us-east-1, because CloudFront looks for it there.',
      example: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
    }),
  sender: Sender.meta({
    description:
      'The sender of digests. The `List-Id` of the newsletter is made from this address, and readers’ mail filters depend on it, so do not change it without need.',
    example: { name: 'Harbour Weekly', address: 'weekly@news.example.org' },
  }),
  confirmationSender: Sender.meta({
    description:
      'The sender of confirmation mails. Its address must differ from that of `sender`, and should be on another subdomain. The reason: strangers can cause these mails, and a complaint about one must not hurt the digests.',
    example: { name: 'Harbour Weekly', address: 'hello@confirm.example.org' },
  }),
  existing: z
    .strictObject({
      identities: z.array(z.hostname('a domain such as news.example.org').toLowerCase()).max(2).default([]).meta({
        description:
          'Domains of senders that are identities of SES in this region already. The stack sends from them and leaves their DKIM, MAIL FROM and notifications as they are.',
      }),
      table: z
        .string()
        .regex(/^[\w.-]{3,255}$/, 'the name of a table')
        .optional()
        .meta({
          description:
            'The table with readers, issues and digests, if it is not the one that the stack makes. `periodical restore` writes the name of the restored table here. The stack’s own table remains, unused.',
        }),
      identityKey: secretArn.optional().meta({
        description:
          'The secret with the key from which readers’ ids are made. Set it if the stack must not make a new one: to the secret of an earlier stack, or to the one that `periodical secrets bring` makes.',
      }),
      tokenKeys: secretArn.optional().meta({
        description:
          'The secret with the keys of links in mails, from the same sources as `identityKey`. Without the old keys, no link in an old mail works.',
      }),
      images: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket')
        .optional()
        .meta({
          description:
            'The bucket of an earlier stack, with the pictures that old mails show. Remove its bucket policy first, because the stack gives it a policy of its own.',
        }),
    })
    .prefault({})
    .meta({
      description:
        'Resources that are in the account already and that the stack uses as they are. Never name a domain here that this stack has made: the next deployment would delete it from SES.',
      example: { identities: ['news.example.org'], table: 'Periodical-restored-20261207T0900' },
    }),
  logRetentionDays: z.literal(retentionDays).default(30).meta({
    description: 'How many days log lines are kept. No line has an address or a token in it.',
    example: 90,
  }),
  monthlyBudget: z.int().min(1).max(1_000_000).optional().meta({
    description:
      'The budget in US dollars a month, for the newsletter with all of its stages. `contact` gets a mail when four fifths of it are spent, and when the month is likely to cost more than all of it. AWS counts only from the day on which the paying account has activated the cost allocation tag `newsletter`.',
    example: 20,
  }),
  maxConcurrency: z.number().int().min(2).max(50).default(2).meta({
    description:
      'How many functions may work on each queue at once. A new AWS account can run only ten functions at once, so have the account’s limit raised first.',
    example: 5,
  }),
});
