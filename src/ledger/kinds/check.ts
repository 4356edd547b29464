/**
 * What is wrong with a stored value, in words; null where nothing is. Every line is checked at every start: these few
 * functions take a tenth of the time that a general schema library needs, and leave the value as it is.
 */
export type Check = (value: unknown) => string | null;

/** A check for every field: a field that has none does not compile. */
export type Shape<Of> = { readonly [Field in keyof Of]-?: Check };

export const text: Check = (value) => (typeof value === 'string' ? null : 'is not text');
export const whole: Check = (value) => (Number.isSafeInteger(value) ? null : 'is not a whole number');
export const count: Check = (value) => whole(value) ?? ((value as number) < 0 ? 'is negative' : null);

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null ? null : check(value);

/** A field that lines of earlier versions do not have. */
export const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined ? null : check(value);

export const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string) ? null : `is none of ${values.join(', ')}`;

/** One of a union's names: a name that is missing in the table does not compile. */
export const nameIn = <Name extends string>(names: Readonly<Record<Name, true>>): Check => oneOf(Object.keys(names));

export const listOf =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'is not a list';
    for (let index = 0; index < value.length; index += 1) {
      const problem = check(value[index]);
      if (problem !== null) return `${index} ${problem}`;
    }
    return null;
  };

export function object<Of>(shape: Shape<Of>): Check {
  const names = Object.keys(shape);
  const checks = Object.values<Check>(shape);
  return (value) => {
    if (typeof value !== 'object' || value === null) return 'is not an object';
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as string;
      const problem = (checks[index] as Check)((value as Record<string, unknown>)[name]);
      if (problem !== null) return `${name} ${problem}`;
    }
    return null;
  };
}
