import { z } from 'zod';

/** The kinds of values of a rate card, each with the words that say what it has to be. */

type Issue = { input?: unknown };

const must = (what: string) => (issue: Issue) => (issue.input === undefined ? 'is missing' : `must be ${what}`);

const NAME = 'lower-case letters, digits, dots and dashes; digits alone stand in quotes';

/** What people type after `--model` and `--quality`, so small letters alone. */
export const name = z.string({ error: must(NAME) }).regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, { error: must(NAME) });

/** Keys of stored objects: without dots, which one of the databases reads as a path. */
const QUALITY = 'a word of lower-case letters, digits and dashes';
export const quality = z.string({ error: must(QUALITY) }).regex(/^[a-z0-9][a-z0-9-]{0,29}$/, { error: must(QUALITY) });

const SIZE = 'a width and a height, such as 1024x1024';
export const size = z.string({ error: must(SIZE) }).regex(/^[1-9]\d{1,3}x[1-9]\d{1,3}$/, { error: must(SIZE) });

/** Slack cuts the text of an option at 75 characters. */
const LABEL = 'what people read: 1 to 70 characters, on one line';
export const label = z.string({ error: must(LABEL) }).regex(/^(?=.*\S)[^\p{Cc}]{1,70}$/u, { error: must(LABEL) });

export const text = (what: string, pattern: RegExp) =>
  z.string({ error: must(what) }).regex(pattern, { error: must(what) });

export const whole = (min: number, max: number, of = '') => {
  const error = must(`a whole number${of} from ${min} to ${max}`);
  return z.int({ error }).min(min, { error }).max(max, { error });
};

/** Dollars as price lists print them, to integer micro-USD. */
export const usd = (max: number) => {
  const error = must(`a number of US dollars from 0.000001 to ${max}, such as 0.03, with at most six decimals`);
  return z
    .number({ error })
    .min(0.000_001, { error })
    .max(max, { error })
    .refine((dollars) => Math.abs(dollars * 1e6 - Math.round(dollars * 1e6)) < 1e-4, { error })
    .transform((dollars) => Math.round(dollars * 1e6));
};

/** A date alone begins at midnight UTC. */
const DATE = 'a date such as 2027-01-31, or with a time such as 2027-01-31T09:00:00+01:00';
export const date = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: must(DATE) })
  .transform((value) => Date.parse(value));

export const oneOf = <const Options extends readonly [string, ...string[]]>(options: Options) =>
  z.enum(options, { error: must(`one of ${options.join(', ')}`) });

export const list = <Each extends z.ZodType>(each: Each, max: number) => {
  const error = must(`a list of 1 to ${max}`);
  return z.array(each, { error }).min(1, { error }).max(max, { error });
};

/** Objects and what they are made of; an unknown key is a problem. */
export const fields = <Shape extends z.ZodRawShape>(shape: Shape, what: string) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : must(what)(issue)),
  });

type KeyIssue = Issue & { code?: string; issues?: readonly { message: string }[] };

export const table = <Key extends z.ZodType<string, string>, Value extends z.ZodType>(
  key: Key,
  value: Value,
  what: string,
) =>
  z
    .record(key, value, {
      error: (issue: KeyIssue) =>
        issue.code === 'invalid_key' ? (issue.issues?.[0]?.message ?? '') : must(what)(issue),
    })
    .refine((entries) => Object.keys(entries).length > 0, { error: must(what) });

/** A number, or something else: what is wrong inside is said there, which a union would not. */
export const numberOr = <Value>(number: z.ZodType<number>, other: z.ZodType<Value>) =>
  z.unknown().transform((value, { issues }): number | Value => {
    const parsed = (typeof value === 'number' ? number : other).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const { message, path } of parsed.error.issues) issues.push({ code: 'custom', message, path, input: value });
    return z.NEVER;
  });
