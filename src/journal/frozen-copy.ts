/**
 * A copy of what JSON can say, that nobody can change. A memory hands it to every reader: there it is as safe as on a disk.
 */
export function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as Value;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = frozenCopy(value[name]);
  return Object.freeze(copy) as Value;
}
