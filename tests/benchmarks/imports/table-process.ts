import dynalite from 'dynalite';

/** DynamoDB in a process of its own, so that what it takes is not counted as the import's; in a folder, if one is given. */
const [path] = process.argv.slice(2);
const server = dynalite({ ...(path && { path }), createTableMs: 0 });
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));
