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
        'The name of the stack, at most 20 characters. Every name that AWS needs is made from it, so two newsletters in one account have two. If you change it, a new stack is made, with a table of its own.',
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
        'Which of the newsletter’s stacks this is. Every stage except `production` has its name behind that of the stack: `Periodical-staging` is beside `Periodical`. Give each a settings file of its own, with its own host and senders.',
      example: 'staging',
    }),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-central-1')
    .optional()
    .meta({
      description: 'The AWS region. Without it the stack goes to the region of the credentials that deploy it.',
      example: 'eu-central-1',
    }),
  terminationProtection: z.boolean().default(false).meta({
    description:
      'Whether AWS refuses to delete the stack. `periodical deploy` sets it after the first success: a first deployment that fails can be repeated only if its stack can be deleted.',
    example: true,
  }),
  publicHost: z.hostname(hostName).optional().meta({
    description:
      'The host of all public pages and of every link in mails. It needs `certificateArn`. Without it they have the domain of the CloudFront distribution. If you set a host later, links in mails that were sent keep that domain.',
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
      'The sender of confirmation mails. Its address must differ from that of `sender`, and should be on another subdomain: strangers can cause these mails, and a complaint about one must not hurt the digests.',
    example: { name: 'Harbour Weekly', address: 'hello@confirm.example.org' },
  }),
  existing: z
    .strictObject({
      identities: z.array(z.hostname('a domain such as news.example.org').toLowerCase()).max(2).default([]).meta({
        description:
          'Domains of senders that SES in this region knows already. The stack sends from them and leaves their DKIM, MAIL FROM and notifications as they are.',
      }),
      table: z
        .string()
        .regex(/^[\w.-]{3,255}$/, 'the name of a table')
        .optional()
        .meta({
          description:
            'The table with readers, issues and digests, where it is another one than the stack makes: `periodical restore` writes its name here. The stack’s own table stays, unused.',
        }),
      identityKey: secretArn.optional().meta({
        description:
          'The secret with the key that readers’ ids are made with, where the stack is not to make one: that of an earlier stack, or of `periodical secrets bring`.',
      }),
      tokenKeys: secretArn.optional().meta({
        description: 'The secret with the keys of links in mails, likewise: without the old keys, no link in an old mail works.',
      }),
      images: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket')
        .optional()
        .meta({
          description:
            'The bucket with pictures that old mails show, where it is that of an earlier stack. Remove its bucket policy first: the stack gives it one of its own.',
        }),
    })
    .prefault({})
    .meta({
      description:
        'What is in the account already and is used as it is. Never name a domain here that this stack has made: the next deployment would delete it from SES.',
      example: { identities: ['news.example.org'], table: 'Periodical-restored-20261207T0900' },
    }),
  logRetentionDays: z.literal(retentionDays).default(30).meta({
    description: 'How many days log lines are kept. They hold no address and no token.',
    example: 90,
  }),
  monthlyBudget: z.int().min(1).max(1_000_000).optional().meta({
    description:
      'US dollars a month. `contact` gets a mail when the newsletter, with all of its stages, has cost four fifths of it, and when it is likely to cost more than all of it. AWS counts only from the day on which the account that pays has activated the cost allocation tag `newsletter`.',
    example: 20,
  }),
  maxConcurrency: z.number().int().min(2).max(50).default(2).meta({
    description:
      'How many functions may work on each queue at once. A new AWS account can run ten functions at once, so raise the account’s limit first.',
    example: 5,
  }),
});
