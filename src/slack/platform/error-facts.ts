import { z } from 'zod';

const CAUSES_MAX = 4;
const FRAMES_MAX = 20;
const DETAIL_CHARACTERS_MAX = 300;

/** Ours, and those of the language that name code and not content. All others may quote a prompt, a token, a body. */
const QUOTABLE = new Set([
  'BookFault',
  'DeliveryFault',
  'HomeFault',
  'JournalFault',
  'PeopleFault',
  'RangeError',
  'RecordsFault',
  'ReferenceError',
  'TypeError',
]);

const shape = z.object({
  name: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  stack: z.string().optional(),
  generatedMessage: z.boolean().optional(),
  data: z.object({ error: z.string() }).optional(),
});

export type ErrorFacts = { name: string; code?: string; detail?: string; stack?: string; causes?: string[] };

/** What the log may hold of an error: its name and code, where it was thrown, and a message only where it is safe. */
export function factsOf(error: unknown): ErrorFacts {
  const { name = 'Error', code, stack, ...rest } = shape.safeParse(error).data ?? { name: typeof error };
  const detail = detailOf({ name, ...rest });
  const frames = framesIn(stack);
  const causes = causesOf(error);
  return {
    name,
    ...(code === undefined ? {} : { code }),
    ...(detail === null ? {} : { detail: detail.slice(0, DETAIL_CHARACTERS_MAX) }),
    ...(frames === '' ? {} : { stack: frames }),
    ...(causes.length > 0 ? { causes } : {}),
  };
}

function detailOf({ name = '', message = '', generatedMessage, data }: z.infer<typeof shape>): string | null {
  if (data) return /^[\w:.-]{1,80}$/.test(data.error) ? data.error : null;
  // An assertion's own words are ours; those that Node makes up show the values.
  if (name === 'AssertionError') return generatedMessage === false ? message : null;
  return QUOTABLE.has(name) ? message : null;
}

/** Without the first line, which repeats the message. */
const framesIn = (stack = '') =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim())
    .join('\n');

function causesOf(error: unknown): string[] {
  const causes: string[] = [];
  let at = (error as { cause?: unknown } | null | undefined)?.cause;
  while (at !== undefined && at !== null && causes.length < CAUSES_MAX) {
    const { name = 'Error', code } = shape.safeParse(at).data ?? {};
    causes.push(code === undefined ? name : `${name} ${code}`);
    at = (at as { cause?: unknown }).cause;
  }
  return causes;
}

const wrapped = z.object({ code: z.enum(['slack_bolt_unknown_error', 'slack_bolt_multiple_listener_error']) });

/** What was thrown, without what Bolt packs it into. */
export function innermost(error: unknown): unknown {
  if (!wrapped.safeParse(error).success) return error;
  const { original, originals } = error as { original?: unknown; originals?: readonly unknown[] };
  return original ?? originals?.[0] ?? error;
}
