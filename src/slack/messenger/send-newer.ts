import type { Block } from '@slack/types';
import type { Clock, Log } from '../../ports/ports.ts';
import { isNewer, newerTypesIn, withinChartLimit, withoutNewer } from '../kit/without-newer.ts';
import type { Attempted } from './call-slack.ts';
import type { Failure } from './failure.ts';

/**
 * Sends blocks among which may be some that an older Slack does not know. Where Slack refuses those, it sends the same
 * once more with text in their place. A refusal means that nothing was posted, so nothing is posted twice.
 */
export type SendNewer = <T>(
  blocks: readonly Block[],
  send: (blocks: Block[]) => Promise<Attempted<T>>,
) => Promise<Attempted<T>>;

/** A workspace gets a new type of block at some time: after this it is tried again. */
const REFUSED_FOR_MS = 86_400_000;

/** A response URL says no more than the status. */
const BLOCKS_REFUSED = new Set(['invalid_blocks', 'invalid_arguments', 'http_400']);

export function createSendNewer({ clock, log }: { clock: Clock; log: Log }): SendNewer {
  const refusedUntil = new Map<string, number>();

  const remember = (types: readonly string[]) => {
    for (const type of types) refusedUntil.set(type, clock.now() + REFUSED_FOR_MS);
    if (types.length > 0) log.warn({ types }, 'Slack does not know these blocks here, text stands in for a day');
  };

  return async (given, send) => {
    const refusedNow = [...refusedUntil].filter(([, until]) => until > clock.now()).map(([type]) => type);
    const blocks = withinChartLimit(withoutNewer(given, new Set(refusedNow)));
    const answer = await send(blocks);
    if (answer.ok || !isAboutNewer(answer.failure, blocks)) return answer;
    const again = await send(withoutNewer(blocks));
    if (again.ok) remember(unknownTypes(answer.failure, newerTypesIn(blocks)));
    return again;
  };
}

/** Slack points at the blocks that it refuses. Where it points only at others, text instead of ours changes nothing. */
function isAboutNewer(failure: Failure, blocks: readonly Block[]): boolean {
  if (failure.kind !== 'refused' || !BLOCKS_REFUSED.has(failure.code)) return false;
  if (newerTypesIn(blocks).length === 0) return false;
  const { problems = [] } = failure;
  return (
    problems.length === 0 ||
    problems.some((problem) => {
      const index = /\/blocks\/(\d+)/.exec(problem)?.[1];
      const block = index === undefined ? undefined : blocks[Number(index)];
      return block === undefined || isNewer(block);
    })
  );
}

/** A chart that Slack finds a fault with, or a picture that is gone, says nothing about the next message. */
function unknownTypes(failure: Failure, types: readonly string[]): readonly string[] {
  const problems = failure.kind === 'refused' ? (failure.problems ?? []) : [];
  if (problems.length === 0) return types;
  return types.filter((type) => problems.some((problem) => problem.includes(`unsupported type: ${type} `)));
}
