import type { Spend } from '../accounts.ts';
import type { Of } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { accept, type Decision, refuse } from '../refusals.ts';
import type { State } from '../state.ts';
import { findImage, MARKED_WITHIN_DAYS, stageOf } from '../tally/made-images.ts';

export function markImage(state: State, { holdId, mark, reaction }: Of<'mark_image'>): Decision<Facts> {
  const spend = spendOfImage(state, holdId);
  return spend.ok
    ? accept({ kind: 'image_marked', holdId, mark, ...(reaction ? { reaction } : {}), ...spend.facts })
    : spend;
}

export function setStage(state: State, { holdId, stage }: Of<'set_stage'>): Decision<Facts> {
  const spend = spendOfImage(state, holdId);
  return spend.ok ? accept({ kind: 'stage_set', holdId, stage, ...spend.facts }) : spend;
}

type Marking = Pick<Of<'mark_image'>, 'holdId' | 'mark' | 'reaction'>;

/** A mark that is no longer the one that the reaction set stays when the reaction goes. */
export function isMarked({ images }: State, { holdId, mark, reaction }: Marking, { by }: { by: string }): boolean {
  const marked = findImage(images, holdId)?.image.marked ?? null;
  if (mark !== null || !reaction) return (marked?.mark ?? null) === mark;
  return !(marked?.isReaction && marked.mark === reaction && marked.by === by);
}

/** A guess that is confirmed is no longer a guess: that changes something. */
export function isOfStage({ images }: State, { holdId, stage }: Pick<Of<'set_stage'>, 'holdId' | 'stage'>): boolean {
  const found = findImage(images, holdId);
  return found !== null && !found.image.isStageGuessed && stageOf(found.image) === stage;
}

function spendOfImage(state: State, holdId: string): Decision<Spend> {
  const found = findImage(state.images, holdId);
  if (!found) return refuse({ reason: 'image_unknown', holdId, withinDays: MARKED_WITHIN_DAYS });
  const { memberId, teamIds, clientId, projectId } = found.image;
  return accept({ memberId, teamIds, clientId, projectId });
}
