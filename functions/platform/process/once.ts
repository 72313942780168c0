/** Makes something at the first call and keeps it for the life of the process. A failure is not kept: the next call tries again. */
export const once = <Thing>(make: () => Promise<Thing>): (() => Promise<Thing>) => oncePer(make, () => '');

/** The same for each key that the arguments have. */
export function oncePer<Arguments extends unknown[], Thing>(
  make: (...about: Arguments) => Promise<Thing>,
  keyOf: (...about: Arguments) => string,
): (...about: Arguments) => Promise<Thing> {
  const made = new Map<string, Promise<Thing>>();
  return (...about) => {
    const key = keyOf(...about);
    const known = made.get(key);
    if (known) return known;
    const thing = make(...about);
    made.set(key, thing);
    thing.catch(() => made.delete(key));
    return thing;
  };
}
