/** All items of a list that AWS hands out in pages. `ask` gets the token of the page, none for the first. */
export async function allPages<Item>(
  ask: (token: string | undefined) => Promise<{ items: readonly Item[] | undefined; next: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await ask(token);
    all.push(...(items ?? []));
    token = next;
  } while (token);
  return all;
}
