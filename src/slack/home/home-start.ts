import type { Button, KnownBlock } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { clientAccount } from '../../ledger/accounts.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, bold, button, header, type Inline, richLines } from '../kit/parts.ts';

type Step = { isDone: boolean; words: string; button: Button | null };

/** The first steps after an install with a button for the next one; null once all of them are done. */
export function startBlocks(setup: SetupView, pages: HomeLocation): KnownBlock[] | null {
  const steps = stepsOf(setup, pages);
  const next = steps.findIndex(({ isDone }) => !isDone);
  if (next === -1) return null;
  const rows = steps.map(({ isDone, words }, index): Inline[] => {
    const step = `${index + 1}  ${words}`;
    return isDone ? [`✓ ${step}`] : index === next ? ['➜ ', bold(step)] : [`○ ${step}`];
  });
  const todo = steps[next]?.button;
  return [header('Start here'), richLines(...rows), ...(todo ? [actions({ ...todo, style: 'primary' })] : [])];
}

function stepsOf({ clients, maySetLimits }: SetupView, pages: HomeLocation): Step[] {
  const [first] = clients;
  const limits = first && writeMetadata(pages, clientAccount(first.clientId));
  const value = writeMetadata(pages);
  return [
    {
      isDone: first !== undefined,
      words: 'Create a client',
      button: button('Create a client', { action: ACTIONS.homeCreateClient, value }),
    },
    {
      isDone: clients.some((client) => client.limits.length > 0),
      words: maySetLimits ? 'Set its budget' : 'Ask an owner to set its budget',
      button: maySetLimits && limits ? button('Set budget…', { action: ACTIONS.limitsOpen, value: limits }) : null,
    },
    {
      isDone: clients.some(({ channelIds }) => channelIds.length > 0),
      words: 'Link its channel',
      button: button('Link a channel', { action: ACTIONS.homeBindChannel, value }),
    },
  ];
}
