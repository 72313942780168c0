/**
 * What an editor wants of a digest that is over or paused: to `plan` again the readers of whom SES has no evidence, or to `mail` again
 * those whose mailbox provider refused the mail.
 */
const wishKinds = ['plan', 'mail'] as const;
export type WishKind = (typeof wishKinds)[number];

/** A wish is called by its moment (ISO 8601), in the digest until all batches have been looked through, and in each that it changed. */
export type Wish = { kind: WishKind; at: string };

export type WithWishes = Partial<Record<`${WishKind}AgainAt`, string | undefined>>;

export const wishAttribute = <Kind extends WishKind>(kind: Kind): `${Kind}AgainAt` => `${kind}AgainAt`;

export const wishesIn = (holder: WithWishes): Wish[] =>
  wishKinds.flatMap((kind) => {
    const at = holder[wishAttribute(kind)];
    return at === undefined ? [] : [{ kind, at }];
  });
