import type { AppContext } from '../app/context.ts';
import { openWorkspace } from '../app/people/open-workspace.ts';
import type { Config } from '../config.ts';
import type { AccountId } from '../ledger/accounts.ts';
import type { CommandBody } from '../ledger/commands/commands.ts';
import type { OnExceeded } from '../ledger/state.ts';
import type { Window } from '../ledger/usage/windows.ts';
import { type DemoCommand, livePast, type Past } from './demo-history.ts';

/**
 * What the playground's agency has set up before a newcomer arrives: three clients with budgets, one of them so small
 * that it refuses, a designer whose manager is asked above a daily limit, a project with a channel of its own, some months
 * of images to read about, and a channel without a decision about its client.
 */
export async function setUpDemo(
  context: Pick<AppContext, 'book'>,
  workspace: Config['workspace'],
  past: Past | null = null,
): Promise<void> {
  if (past && context.book.now().seq === 0) {
    const state = await livePast(past, { workspace, owner: OLIVIA, commands: COMMANDS });
    await (state ? context.book.goOnFrom(state) : context.book.read());
  }
  await openWorkspace(context, { ...workspace, ownerId: OLIVIA });
  // In their order, and together: at a later start each of them is only looked for.
  await Promise.all(COMMANDS.map(({ commandId, by, command }) => context.book.submit({ commandId, by, ...command })));
}

const OLIVIA = 'U0OLIVIA';
const MARCUS = 'U0MARCUS';
const ANA = 'U0ANA';
const BEN = 'U0BEN';

const asked = (id: string, command: CommandBody, by = OLIVIA): DemoCommand => ({
  commandId: `demo/${id}`,
  by,
  command,
});

const limit = (account: AccountId, window: Window, limitCredits: number, over: OnExceeded = 'refuse'): DemoCommand =>
  asked(`${account.replace(/[:@]/g, '-')}-${window}`, {
    kind: 'set_limit',
    account,
    window,
    limitCredits,
    over,
    rollOverMaxCredits: null,
  });

const client = (clientId: string, name: string, channelId: string, limitCredits: number): DemoCommand[] => [
  asked(clientId, { kind: 'create_client', clientId, name }),
  asked(`${clientId}-channel`, { kind: 'bind_channel', channelId, clientId, ifUnbound: true }),
  limit(`client:${clientId}`, 'month', limitCredits),
];

const person = (memberId: string, role: 'manager' | 'creator'): DemoCommand[] => [
  asked(memberId, { kind: 'add_member', memberId, role }, 'inkwell'),
  asked(`${memberId}-teams`, { kind: 'set_teams', memberId, teamIds: ['design'] }),
];

const COMMANDS: readonly DemoCommand[] = [
  limit('agency', 'month', 3_000),
  ...client('northwind', 'Northwind Coffee', 'C0NORTHWIND', 400),
  ...client('atlas', 'Atlas Outdoor', 'C0ATLAS', 900),
  ...client('mira', 'Mira Skincare', 'C0MIRA', 20),
  asked('design', { kind: 'create_team', teamId: 'design', name: 'Design' }),
  ...person(MARCUS, 'manager'),
  ...person(ANA, 'creator'),
  ...person(BEN, 'creator'),
  asked('marcus-manages', {
    kind: 'set_manages',
    memberId: MARCUS,
    clientIds: ['northwind', 'atlas'],
    teamIds: ['design'],
  }),
  limit(`member:${BEN}`, 'day', 12, 'ask'),
  asked('catalogue', {
    kind: 'create_project',
    projectId: 'catalogue',
    clientId: 'atlas',
    name: 'Spring catalogue',
    dueAt: null,
    stage: 'iteration',
  }),
  limit('project:catalogue', 'total', 1_200, 'warn'),
  asked('catalogue-channel', { kind: 'bind_project', channelId: 'C0ATLAS', threadTs: null, projectId: 'catalogue' }),
];
