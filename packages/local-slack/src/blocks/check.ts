import type { KnownBlock } from '@slack/types';
import type { z } from 'zod';
import type { Json } from '../workspace.ts';
import { homeView, messageBlocks, modalView } from './blocks.ts';
import { nestedBlocks, partsOf } from './parts.ts';
import { sumProblems } from './sums.ts';
import { optionsOf } from './values.ts';

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: string[] };

/** Says why Slack would refuse a file reference, or null where it would draw it. */
export type FileRule = (reference: { id?: string; url?: string }) => string | null;

export type ViewRequest = z.infer<typeof modalView> | z.infer<typeof homeView>;

/** `blocks` of a message; problems are worded and pointed at as Slack words them. */
export function checkMessageBlocks(blocks: unknown, fileRule: FileRule): Checked<KnownBlock[]> {
  const result = messageBlocks.safeParse(blocks);
  if (!result.success) return { ok: false, problems: wordsFor(result.error, blocks, '/blocks') };
  const problems = blockProblems(result.data, '/blocks', fileRule);
  return problems.length === 0 ? { ok: true, value: result.data as KnownBlock[] } : { ok: false, problems };
}

export function checkView(view: unknown, type: 'modal' | 'home', fileRule: FileRule): Checked<ViewRequest> {
  const result = (type === 'modal' ? modalView : homeView).safeParse(view);
  if (!result.success) return { ok: false, problems: wordsFor(result.error, view, '/view') };
  const problems = [
    ...blockProblems(result.data.blocks, '/view/blocks', fileRule),
    ...focusProblems(result.data.blocks),
  ];
  return problems.length === 0 ? { ok: true, value: result.data } : { ok: false, problems };
}

function wordsFor(error: z.ZodError, root: unknown, pointer: string): string[] {
  return error.issues.flatMap((issue) => {
    const [words, path] = wordsAt(issue, root);
    return words.map((sentence) => `${sentence} [json-pointer:${[pointer, ...path.map(String)].join('/')}]`);
  });
}

/** Slack's words for an issue, and the place that Slack points at. */
function wordsAt(issue: z.core.$ZodIssue, root: unknown): [string[], readonly PropertyKey[]] {
  const { path } = issue;
  switch (issue.code) {
    case 'too_big': {
      const isText = issue.origin === 'string';
      const most = Number(issue.maximum);
      return [[isText ? `must be less than ${most + 1} characters` : `no more than ${most} items allowed`], path];
    }
    case 'too_small': {
      const isText = issue.origin === 'string';
      const least = Number(issue.minimum);
      return [[isText ? `must be more than ${least - 1} characters` : `no less than ${least} items allowed`], path];
    }
    case 'unrecognized_keys':
      return [issue.keys.map((key) => `invalid additional property: ${key}`), path];
    case 'invalid_union':
      return [[`unsupported type: ${String(valueAt(root, path))}`], path];
    case 'invalid_value':
      return [['must be a valid enum value'], path];
    case 'invalid_type':
      if (valueAt(root, path) !== undefined) return [[`must be of type: ${issue.expected}`], path];
      return [[`missing required field: ${String(path.at(-1) ?? '')}`], path.slice(0, -1)];
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
      return [[issue.message], path];
  }
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], root);
}

/** A cursor stands in one place. */
function focusProblems(blocks: readonly unknown[]): string[] {
  const taken = (blocks as Json[]).flatMap(partsOf).filter(({ part }) => part.focus_on_load === true);
  return taken.length > 1 ? ['`focus_on_load` can only be set on one element [json-pointer:/view/blocks]'] : [];
}

/** Checks what takes all blocks together: repeated ids, files that must exist, and the number of charts and figures. */
function blockProblems(blocks: readonly object[], pointer: string, fileRule: FileRule) {
  const problems: string[] = [];
  const blockIds = new Set<unknown>();
  for (const { block, path } of nestedBlocks(blocks as Json[])) {
    const { block_id: blockId } = block;
    if (blockId !== undefined && blockIds.has(blockId)) {
      problems.push(`\`block_id\` "${String(blockId)}" already exists [json-pointer:${pointer}${path}/block_id]`);
    }
    blockIds.add(blockId);
    problems.push(...partProblems(block, `${pointer}${path}`, fileRule));
  }
  return [...problems, ...sumProblems(blocks as Json[], pointer)];
}

/** Values of options that stand in one element twice: the app could not tell which of them was picked. */
function twiceIn(part: Json): string[] {
  const values = (optionsOf(part) ?? []).map(({ value }) => String(value));
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}

/** The same action id may stand in several blocks, but only once in each. */
function partProblems(block: Json, at: string, fileRule: FileRule): string[] {
  const problems: string[] = [];
  const actionIds = new Set<unknown>();
  for (const { part, path } of partsOf(block)) {
    const { action_id: actionId, slack_file: file } = part;
    if (actionId !== undefined && actionIds.has(actionId)) {
      problems.push(`\`action_id\` "${String(actionId)}" already exists [json-pointer:${at}${path}/action_id]`);
    }
    actionIds.add(actionId);
    problems.push(...twiceIn(part).map((value) => `\`value\` "${value}" already exists [json-pointer:${at}${path}]`));
    const refusal = file ? fileRule(file as { id?: string; url?: string }) : null;
    if (refusal) problems.push(`${refusal} [json-pointer:${at}${path}/slack_file]`);
  }
  return problems;
}
