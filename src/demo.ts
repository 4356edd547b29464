import { openWorkspace } from './app/open-workspace.ts';
import type { World } from './app/world.ts';
import type { Config } from './config.ts';
import type { Wish } from './ledger/commands.ts';

/**
 * What the playground's agency has set up before a newcomer arrives: three clients with budgets, one of them small, a
 * designer with a limit of his own, and a channel that nobody has decided about yet.
 */
export async function setUpDemo(world: Pick<World, 'book'>, workspace: Config['workspace']): Promise<void> {
  await openWorkspace(world, { ...workspace, ownerId: OLIVIA });
  for (const [commandId, wish] of WISHES) {
    const by = wish.kind === 'add_member' ? 'inkwell' : OLIVIA;
    await world.book.submit({ commandId: `demo/${commandId}`, by, ...wish });
  }
}

const OLIVIA = 'U0OLIVIA';
const MARCUS = 'U0MARCUS';
const BEN = 'U0BEN';

const client = (clientId: string, name: string, channelId: string, limitCredits: number): [string, Wish][] => [
  [clientId, { kind: 'create_client', clientId, name }],
  [`${clientId}-channel`, { kind: 'bind_channel', channelId, clientId, ifUnbound: true }],
  [
    `${clientId}-budget`,
    {
      kind: 'set_limit',
      account: `client:${clientId}`,
      window: 'month',
      limitCredits,
      over: 'refuse',
      rollOverMaxCredits: null,
    },
  ],
];

const WISHES: readonly [string, Wish][] = [
  [
    'agency-budget',
    {
      kind: 'set_limit',
      account: 'agency',
      window: 'month',
      limitCredits: 1_000,
      over: 'refuse',
      rollOverMaxCredits: null,
    },
  ],
  ...client('northwind', 'Northwind Coffee', 'C0NORTHWIND', 400),
  ...client('atlas', 'Atlas Outdoor', 'C0ATLAS', 600),
  ...client('mira', 'Mira Skincare', 'C0MIRA', 20),
  ['marcus', { kind: 'add_member', memberId: MARCUS, role: 'manager' }],
  ['marcus-clients', { kind: 'set_manages', memberId: MARCUS, clientIds: ['northwind', 'atlas'], teamIds: [] }],
  ['ben', { kind: 'add_member', memberId: BEN, role: 'creator' }],
  [
    'ben-limit',
    {
      kind: 'set_limit',
      account: `member:${BEN}`,
      window: 'month',
      limitCredits: 60,
      over: 'refuse',
      rollOverMaxCredits: null,
    },
  ],
];
