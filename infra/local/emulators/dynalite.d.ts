declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** An HTTP server that answers as DynamoDB does. */
  function dynalite(options: { path?: string; createTableMs?: number; deleteTableMs?: number; updateTableMs?: number }): Server;
  export = dynalite;
}
