declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** The embedded DynamoDB; `path` keeps its data on disk, without it all is in memory. */
  export default function dynalite(options?: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}
