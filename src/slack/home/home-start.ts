import type { KnownBlock } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { bold, header, type Inline, richLines } from '../kit/parts.ts';

/** The first steps, until all of them are done: somebody who has just installed Inkwell sees what comes next. */
export function startBlocks({ clients, maySetLimits }: SetupView): KnownBlock[] {
  const [first] = clients;
  const steps = [
    { isDone: first !== undefined, words: 'Create a client' },
    {
      isDone: clients.some(({ limits }) => limits.length > 0),
      words: maySetLimits ? 'Set its budget' : 'Ask an owner to set its budget',
    },
    { isDone: clients.some(({ channelIds }) => channelIds.length > 0), words: 'Link its channel' },
  ];
  const next = steps.findIndex(({ isDone }) => !isDone);
  if (next === -1) return [];
  const rows = steps.map(({ isDone, words }, index): Inline[] => {
    const step = `${index + 1}  ${words}`;
    return isDone ? [`✓ ${step}`] : index === next ? ['➜ ', bold(step)] : [`○ ${step}`];
  });
  return [header('Start here'), richLines(...rows)];
}
