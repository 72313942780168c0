/** The time, passed in so that tests and the simulation own it. */
export type Now = () => Date;

export type Sleep = (milliseconds: number) => Promise<void>;

export const sleep: Sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What DynamoDB's TTL attribute wants: whole seconds since 1970. TTL deletes late, so readers check expiry themselves. */
export const epochSeconds = (date: Date) => Math.floor(date.getTime() / 1000);

export const minutesAfter = (date: Date, minutes: number) => new Date(date.getTime() + minutes * 60_000);
