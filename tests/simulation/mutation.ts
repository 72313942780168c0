/** One fault in the production code, put there on purpose: the simulation must notice it. */
export type Mutation = { name: string; file: string; replace: string; by: string };
