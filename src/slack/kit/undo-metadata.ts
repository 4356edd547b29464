import { z } from 'zod';
import type { ReversibleChange, SetUpChange } from '../../app/changes/reversible-change.ts';
import type { AccountId } from '../../ledger/accounts.ts';
import { ROLES } from '../../ledger/roles.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { STAGES } from '../../ledger/work.ts';
import { calendarPricesOnWire } from '../limits/read-calendar-prices.ts';
import { figuresOnWire } from '../limits/read-limits.ts';
import { accountOnWire } from './form/metadata.ts';
import { FIRST_PAGES, type HomeLocation, pagesOnWire, parsed, readMetadata, writeMetadata } from './home-metadata.ts';
import { ACTIONS } from './ids.ts';
import { userId } from './user-id.ts';

/**
 * What *Undo* carries out to Slack and back: the changes that bring back what was there. Each kind keeps the button and the
 * shape that it was first written with, because messages outlive the code that wrote them.
 */

/** A button carries no more than 2,000 characters. */
export const UNDO_CHANGES_MAX = 5;

/** The button that makes `changes`, and what it carries. */
export function undoButton(
  pages: HomeLocation,
  changes: readonly ReversibleChange[],
): { action: string; value: string } {
  const [first] = changes;
  const at = writeMetadata(pages);
  switch (first?.kind) {
    case 'limits': {
      const { account, windows: shapes } = first;
      return { action: ACTIONS.limitsUndo, value: JSON.stringify({ account, changes: shapes, pages: at }) };
    }
    case 'moved': {
      const { kind: _, ...move } = first;
      return { action: ACTIONS.moveUndo, value: JSON.stringify({ pages: at, ...move }) };
    }
    case 'settings': {
      const { before: shown, after: wanted } = first;
      return { action: ACTIONS.calendarPricesUndo, value: JSON.stringify({ shown, wanted, pages: at }) };
    }
    case 'limit':
    case 'name':
    case 'client_digest':
    case 'role':
    case 'channel':
    case 'closed':
    case 'project':
    case 'place':
    case 'teams':
    case 'suspended':
    case undefined:
      return { action: ACTIONS.homeUndo, value: JSON.stringify({ pages: JSON.parse(at), changes }) };
  }
}

/** What cannot be read undoes nothing. */
export function readUndo(value: string | undefined): { pages: HomeLocation; changes: readonly ReversibleChange[] } {
  const { data } = onWire.safeParse(parsed(value));
  if (!data) return { pages: FIRST_PAGES, changes: [] };
  const pages = typeof data.pages === 'string' ? data.pages : JSON.stringify(data.pages);
  return { pages: readMetadata(pages).pages, changes: data.changes };
}

const limit = z.int().min(0).nullable();
const id = z.string().min(1).max(120);
const account = z.custom<AccountId>((value) => typeof value === 'string' && value.length <= 140);
const said = z.object({ name: z.string().max(200), dueOn: z.iso.date().nullable(), stage: z.enum(STAGES) });
const setUpChange: z.ZodType<SetUpChange> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('limit'), account, window: z.enum(WINDOWS), before: limit, after: limit }),
  z.object({ kind: z.literal('name'), clientId: id, before: z.string().max(200), after: z.string().max(200) }),
  z.object({ kind: z.literal('client_digest'), clientId: id, before: z.boolean(), after: z.boolean() }),
  z.object({ kind: z.literal('role'), memberId: userId, before: z.enum(ROLES), after: z.enum(ROLES) }),
  z.object({ kind: z.literal('channel'), channelId: id, before: id.nullable(), after: id.nullable() }),
  z.object({
    kind: z.literal('closed'),
    of: z.enum(['client', 'project', 'team']),
    id,
    before: z.boolean(),
    after: z.boolean(),
  }),
  z.object({ kind: z.literal('project'), projectId: id, before: said, after: said }),
  z.object({
    kind: z.literal('place'),
    channelId: id,
    threadTs: id.nullable().default(null),
    before: id.nullable(),
    after: id.nullable(),
  }),
  z.object({ kind: z.literal('teams'), memberId: userId, before: z.string().max(700), after: z.string().max(700) }),
  z.object({ kind: z.literal('suspended'), memberId: userId, before: z.boolean(), after: z.boolean() }),
]);

const one = (change: ReversibleChange): ReversibleChange[] => [change];
const onWire = z.union([
  z.object({ pages: pagesOnWire, changes: z.array(setUpChange).min(1).max(UNDO_CHANGES_MAX) }),
  z
    .object({
      pages: z.string(),
      account: accountOnWire,
      changes: z
        .array(z.object({ window: z.enum(WINDOWS), before: figuresOnWire, after: figuresOnWire }))
        .max(WINDOWS.length),
    })
    .transform(({ pages, account: of, changes: windows }) => ({
      pages,
      changes: one({ kind: 'limits', account: of, windows }),
    })),
  z
    .object({
      pages: z.string(),
      from: accountOnWire,
      to: accountOnWire,
      window: z.enum(WINDOWS),
      amountCredits: z.int().min(1),
    })
    .transform(({ pages, ...move }) => ({ pages, changes: one({ kind: 'moved', ...move }) })),
  z
    .object({ pages: z.string(), shown: calendarPricesOnWire, wanted: calendarPricesOnWire })
    .transform(({ pages, shown, wanted }) => ({
      pages,
      changes: one({ kind: 'settings', before: shown, after: wanted }),
    })),
]);
