/**
 * What is wrong with a value of a line, in words; null where nothing is. Every line is checked at every start. These few
 * functions take a tenth of the time that a general schema library needs, and leave the value as it is. `isNew`: the line is
 * not written yet, and has no field that its shape lacks. A line that is read may have one, of a later version.
 */
export type Check = (value: unknown, isNew: boolean) => string | null;

/** A check for every field: a field that has none does not compile. */
export type Shape<Of> = { readonly [Field in keyof Of]-?: Check };

export const text: Check = (value) => (typeof value === 'string' ? null : 'is not text');
export const whole: Check = (value) => (Number.isSafeInteger(value) ? null : 'is not a whole number');
export const count: Check = (value, isNew) => whole(value, isNew) ?? ((value as number) < 0 ? 'is negative' : null);

export const yesOrNo: Check = (value) => (typeof value === 'boolean' ? null : 'is neither true nor false');

export const orNull =
  (check: Check): Check =>
  (value, isNew) =>
    value === null ? null : check(value, isNew);

/** A field that lines of earlier versions do not have. */
export const orAbsent =
  (check: Check): Check =>
  (value, isNew) =>
    value === undefined ? null : check(value, isNew);

export const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string) ? null : `is none of ${values.join(', ')}`;

/** One of a union's names: a name that is missing in the table does not compile. */
export const nameIn = <Name extends string>(names: Readonly<Record<Name, true>>): Check => oneOf(Object.keys(names));

export const listOf =
  (check: Check): Check =>
  (value, isNew) => {
    if (!Array.isArray(value)) return 'is not a list';
    for (let index = 0; index < value.length; index += 1) {
      const problem = check(value[index], isNew);
      if (problem !== null) return `${index} ${problem}`;
    }
    return null;
  };

export function object<Of>(shape: Shape<Of>): Check {
  const names = Object.keys(shape);
  const checks = Object.values<Check>(shape);
  const known = new Set(names);
  return (value, isNew) => {
    if (typeof value !== 'object' || value === null) return 'is not an object';
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as string;
      const problem = (checks[index] as Check)((value as Record<string, unknown>)[name], isNew);
      if (problem !== null) return `${name} ${problem}`;
    }
    return isNew ? fieldTooMany(value, known) : null;
  };
}

/** A field without a value is not written. */
function fieldTooMany(value: object, known: ReadonlySet<string>): string | null {
  for (const [name, of] of Object.entries(value)) {
    if (of !== undefined && !known.has(name)) return `${name} is a field too many`;
  }
  return null;
}
