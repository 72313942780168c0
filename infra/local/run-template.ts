import { Access } from './access/access.ts';
import { AccessGate } from './access/access-gate.ts';
import type { DataFolder } from './data-folder.ts';
import { AwsEndpoint } from './emulators/aws-endpoint.ts';
import { bucketOrigin } from './emulators/bucket-origin.ts';
import { EventSources } from './emulators/functions/event-sources.ts';
import { FunctionLog } from './emulators/functions/function-log.ts';
import type { LocalFunction } from './emulators/functions/local-function.ts';
import { localFunctions } from './emulators/functions/local-functions.ts';
import { Issuer } from './emulators/issuer.ts';
import { issuerKeys } from './emulators/issuer-keys.ts';
import { ObjectStore } from './emulators/object-store.ts';
import { Queues } from './emulators/queues.ts';
import { roleGiver } from './emulators/role-giver.ts';
import { Schedules } from './emulators/schedules.ts';
import { Secrets } from './emulators/secrets.ts';
import { LocalSes } from './emulators/ses/local-ses.ts';
import { SesBooks } from './emulators/ses/ses-books.ts';
import { SesPublisher } from './emulators/ses/ses-publisher.ts';
import { Tables } from './emulators/tables.ts';
import { Distribution } from './http/distribution.ts';
import { HttpApi } from './http/http-api.ts';
import { LocalClock } from './local-clock.ts';
import { LocalStack } from './local-stack.ts';
import type { Place } from './resource-types.ts';
import type { SynthesisedApp } from './template.ts';
import { read } from './template.ts';

export type TemplateOptions = {
  app: SynthesisedApp;
  data: DataFolder;
  /** The port of the distribution. */
  port: number;
  sesRate: number;
  /** How far its clock is from this machine's to begin with. */
  clockOffsetMs: number;
  /** Shows a person a warning or an error. */
  show: (line: string) => void;
};

/** Everything a template became on this machine, for the gateway and for what lies below `/_local`. */
export type RunningTemplate = Awaited<ReturnType<typeof runTemplate>>;

/** The account and region every emulator here agrees on. */
const place: Omit<Place, 'distributionDomain' | 'queuesOrigin'> = { region: 'us-east-1', accountId: '000000000000' };

/** Makes a template's resources on this machine and connects them as it says, and as it says only. */
export async function runTemplate({ app, data, port, sesRate, clockOffsetMs, show }: TemplateOptions) {
  const clock = new LocalClock();
  clock.offsetMs = clockOffsetMs;
  const log = new FunctionLog(data.keptFolder('logs'), show);
  const [tables, queues, aws] = await Promise.all([
    Tables.start(data.keptFolder('dynamodb')),
    Queues.start({ region: place.region, path: data.keptFolder('queues') }),
    AwsEndpoint.start(),
  ]);
  const queueGate = await AccessGate.start(queues.endpoint);
  const stack = new LocalStack(app.template, { ...place, distributionDomain: `localhost:${port}`, queuesOrigin: queueGate.endpoint });
  await Promise.all([tables.create(stack), queues.create(stack)]);
  const access = new Access(stack, show);
  tables.guard(access.dynamoDb);
  queueGate.keep(access.sqs);
  const objects = await ObjectStore.start(queues.endpoint, access);
  objects.allow(stack);

  const books = new SesBooks(data.folder('ses'));
  const publisher = new SesPublisher({ stack, books, now: clock.now, publish: (...event) => queues.publish(...event) });
  const ses = new LocalSes({
    ...identitiesIn(stack),
    books,
    region: place.region,
    now: clock.now,
    maxSendRate: sesRate,
    onAccepted: publisher.publishSoon,
  });
  const secrets = new Secrets(stack, data);
  aws.serve({ ses, secrets, access });

  const endpoints = {
    DYNAMODB: tables.endpoint,
    SQS: queueGate.endpoint,
    SNS: queues.endpoint,
    S3: objects.endpoint,
    SES: aws.endpoint,
    SECRETS_MANAGER: aws.endpoint,
  };
  const functions = localFunctions({ stack, app, clock, endpoints, log });
  const sources = new EventSources({ client: queues.client, log });
  sources.start(stack, functions);
  const schedules = new Schedules({ stack, functions, queues, log, now: clock.now });
  const issuer = new Issuer({
    stack,
    keys: issuerKeys(data),
    origin: `http://localhost:${port}/_local/issuer`,
    now: clock.now,
    onSignIn: roleGiver({ stack, functions, endpoints }),
  });
  const distribution = distributionOf({ stack, functions, secrets, log, clock, imagesEndpoint: queues.endpoint });

  const close = async () => {
    schedules.close();
    publisher.close();
    await Promise.all([sources.close(), ...[...functions.values()].map((each) => each.close())]);
    await queueGate.close();
    await Promise.all([tables.close(), objects.close(), queues.close(), aws.close()]);
    books.close();
  };
  return { stack, access, clock, queues, books, ses, secrets, functions, schedules, issuer, distribution, endpoints, close };
}

function identitiesIn(stack: LocalStack) {
  const identities = stack.ofType('AWS::SES::EmailIdentity').map(({ logicalId, properties }) => {
    const set = read.text(read.object(properties, 'ConfigurationSetAttributes'), 'ConfigurationSetName');
    return [stack.identity(logicalId).ref.toLowerCase(), set] as const;
  });
  const sets = stack.ofType('AWS::SES::ConfigurationSet').map(({ logicalId }) => stack.identity(logicalId).ref);
  return { identities: new Map(identities), configurationSets: new Set(sets) };
}

type SiteParts = {
  stack: LocalStack;
  functions: Map<string, LocalFunction>;
  secrets: Secrets;
  log: FunctionLog;
  clock: LocalClock;
  imagesEndpoint: string;
};

function distributionOf({ stack, functions, secrets, log, clock, imagesEndpoint }: SiteParts): Distribution {
  const apis = stack.ofType('AWS::ApiGatewayV2::Api').map(({ logicalId }) => {
    const api = new HttpApi(logicalId, { stack, functions, log, now: clock.now });
    return [api.apiId, api] as const;
  });
  const [resource] = stack.ofType('AWS::CloudFront::Distribution');
  if (!resource) throw new Error('The template has no distribution, so nothing leads to it from outside.');
  return new Distribution(resource, {
    stack,
    apis: new Map(apis),
    bucketOrigin: bucketOrigin(imagesEndpoint),
    reveal: (text) => secrets.reveal(text),
  });
}
