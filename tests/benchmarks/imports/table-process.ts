import dynalite from 'dynalite';

/** DynamoDB in a process of its own, so that what it takes is not counted as the import's. */
const server = dynalite({ createTableMs: 0 });
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));
