/** Whether two values look the same: what was asked for is compared with what there is. */
export const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export const sameSet = (one: readonly string[] = [], other: readonly string[]) =>
  isSame([...new Set(one)].sort(), [...new Set(other)].sort());
