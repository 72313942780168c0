/** The time, passed in so that tests and the simulation own it. */
export type Now = () => Date;

export type Sleep = (milliseconds: number) => Promise<void>;

export const sleep: Sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds in so many seconds, minutes, hours, days. */
export const seconds = (count: number) => count * 1_000;
export const minutes = (count: number) => seconds(count * 60);
export const hours = (count: number) => minutes(count * 60);
export const days = (count: number) => hours(count * 24);

/** By how much the clocks of this system's machines and of SES may differ. */
export const clockSkewMs = seconds(20);

/** What DynamoDB's TTL attribute wants: whole seconds since 1970. TTL deletes late, so readers check expiry themselves. */
export const epochSeconds = (date: Date) => Math.floor(date.getTime() / 1000);

/** The moment so many milliseconds after another one; a negative duration is before it. */
export const after = (date: Date, durationMs: number) => new Date(date.getTime() + durationMs);

export const minutesAfter = (date: Date, count: number) => after(date, minutes(count));
