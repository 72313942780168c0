import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { accessKeyOf } from '../../access/access.ts';
import type { LocalClock } from '../../local-clock.ts';
import type { LocalStack } from '../../local-stack.ts';
import type { Resource, SynthesisedApp } from '../../template.ts';
import { read } from '../../template.ts';
import type { FunctionLog } from './function-log.ts';
import { LocalFunction } from './local-function.ts';

/** The services a function's SDK clients find through `AWS_ENDPOINT_URL_<SERVICE>`. */
type ServiceEndpoints = Record<'DYNAMODB' | 'SQS' | 'SNS' | 'S3' | 'SES' | 'SECRETS_MANAGER', string>;

type FunctionParts = { stack: LocalStack; app: SynthesisedApp; clock: LocalClock; endpoints: ServiceEndpoints; log: FunctionLog };

/** Lambda's limit on all variables of a function together. */
const environmentLimit = 4096;

/** The template's functions, by ARN. None starts before its first event. */
export function localFunctions(parts: FunctionParts): Map<string, LocalFunction> {
  const functions = new Map<string, LocalFunction>();
  for (const resource of parts.stack.ofType('AWS::Lambda::Function')) {
    const localFunction = localFunctionOf(resource, parts);
    functions.set(localFunction.definition.arn, localFunction);
  }
  return functions;
}

function localFunctionOf({ logicalId, properties }: Resource, { stack, app, clock, endpoints, log }: FunctionParts): LocalFunction {
  const { ref: functionName, attributes } = stack.identity(logicalId);
  const arn = attributes.Arn ?? functionName;
  const variables = textsOf(read.object(read.object(properties, 'Environment'), 'Variables'));
  const size = Object.entries(variables).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > environmentLimit) throw new Error(`The environment of ${logicalId} is ${size} bytes; Lambda takes ${environmentLimit}.`);
  const memoryMb = read.number(properties, 'MemorySize') ?? 128;
  const folder = app.assetFolder(read.text(read.object(properties, 'Code'), 'S3Key') ?? '');
  const name = variables.POWERTOOLS_SERVICE_NAME ?? functionName;
  return new LocalFunction(
    {
      name,
      arn,
      timeoutSeconds: read.number(properties, 'Timeout') ?? 3,
      env: {
        ...runtimeEnvironment({
          functionName,
          accessKey: accessKeyOf(read.text(properties, 'Role')),
          memoryMb,
          folder,
          region: stack.place.region,
          endpoints,
        }),
        ...variables,
      },
      briefing: { ...handlerOf(properties, folder, logicalId), functionName, functionArn: arn, memoryMb, clock: clock.shared },
    },
    (line) => log.write(name, line),
  );
}

function handlerOf(properties: Resource['properties'], folder: string, logicalId: string) {
  const [module = 'index', handlerName = 'handler'] = (read.text(properties, 'Handler') ?? 'index.handler').split('.');
  const modulePath = ['mjs', 'js', 'cjs'].map((extension) => join(folder, `${module}.${extension}`)).find(existsSync);
  if (!modulePath) throw new Error(`The code of ${logicalId} has no ${module}.mjs in ${folder}.`);
  return { modulePath, handlerName };
}

type RuntimeOf = { functionName: string; accessKey: string; memoryMb: number; folder: string; region: string; endpoints: ServiceEndpoints };

function runtimeEnvironment(of: RuntimeOf) {
  return {
    AWS_REGION: of.region,
    AWS_DEFAULT_REGION: of.region,
    AWS_ACCESS_KEY_ID: of.accessKey,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: of.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(of.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${of.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: of.folder,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...Object.fromEntries(Object.entries(of.endpoints).map(([service, address]) => [`AWS_ENDPOINT_URL_${service}`, address])),
  };
}

const textsOf = (values: Resource['properties']) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
