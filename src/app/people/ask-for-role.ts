import { elapsedMs } from '../../book/clock-doubt.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import type { Line } from '../../ledger/lines.ts';
import { activeWith } from '../../ledger/lists/member-lists.ts';
import { checkRight, may } from '../../ledger/rights/rights.ts';
import { withoutAway } from '../../ledger/rights/who-is-there.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import type { PrivateMessage } from '../messenger.ts';
import { createLookBack } from '../once/look-back.ts';
import { messageOnce } from '../once/message-once.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { directly, type Requester } from '../requester.ts';
import type { RoleAnswer, RoleAskedCard } from './role-asked-card.ts';

/** A person asks again at most once in this time, also after an owner declined. */
const AGAIN_AFTER_MS = 86_400_000;

type Ask = { memberId: string; at: number };

/** Asks every owner who is there once for a role, in place of a person who may make no images. */
export async function askForRole(context: AppContext, { requester }: { requester: Requester }): Promise<void> {
  const { memberId } = requester;
  const state = await context.book.read();
  const { messenger } = context;
  if (may(state, memberId, 'hold')) return void (await messenger.tell(requester, { kind: 'role_fits' }));
  const ask = await beginAsk(context, memberId);
  const answer = await declined(context, ask);
  if (answer) return void (await messenger.tell(requester, answeredNote(context, memberId, answer)));
  const askedIds: string[] = [];
  const ownerIds = activeWith(state, 'owner').map((owner) => owner.memberId);
  const there = withoutAway(state, ownerIds, context.clock.now());
  for (const ownerId of there.length > 0 ? there : ownerIds) {
    if ((await context.channels.audience(null, ownerId)) !== 'internal') continue;
    const isPosted = await postOnce(context, cardKey(ask, ownerId), (onceKey) =>
      postCardTo(context, ownerId, cardOf(context, ask, null), onceKey),
    );
    if (isPosted) askedIds.push(ownerId);
    else context.log.warn({ ownerId, memberId }, 'could not ask an owner for a role');
  }
  await messenger.tell(requester, { kind: 'others_asked', askedIds, about: 'role' });
}

/** An owner leaves the role as it is; the person hears of it. */
export async function declineRole(
  context: AppContext,
  { requester, memberId }: { requester: Requester; memberId: string },
): Promise<void> {
  const { memberId: by } = requester;
  const refused = checkRight(await context.book.read(), by, 'set_role');
  if (refused) {
    const { refusal } = refused;
    const unknown = {
      audience: 'internal',
      helpers: [],
      hidden: [],
      clientName: null,
      names: {},
      cheapestCredits: null,
    } as const;
    return void (await context.messenger.tell(requester, { kind: 'refused', refusal, ...unknown, prompt: null }));
  }
  const at = await askedAt(context, memberId);
  const answer = { by, role: null };
  if (at === null || (await putOnceMarker(context, answerKey({ memberId, at }), JSON.stringify(answer))) === 'taken') {
    return void (await context.messenger.tell(requester, { kind: 'role_settled', memberId }));
  }
  await tellAnswer(context, { memberId, at }, answer);
}

/**
 * Tells people who asked for a role that they were given one. An owner gives it by the form of a person, in whichever process: so
 * it is found among the last lines, also by the sweeper.
 */
export async function tellOfRoles(context: AppContext): Promise<void> {
  for (const { memberId, by, role, at: changedAt } of await roleLines(context, await context.book.read())) {
    const at = await askedAt(context, memberId);
    if (at === null || changedAt < at) continue;
    if (await tellAnswer(context, { memberId, at }, { by, role })) await endAsk(context, memberId);
  }
}

/** As above, right after a change: it is made, whatever is in the way of telling it. */
export async function tellOfRolesSoon(context: AppContext): Promise<void> {
  await tellOfRoles(context).catch((error: unknown) =>
    context.log.warn({ error: describe(error) }, 'could not tell a person about their role, will retry'),
  );
}

type RoleLine = Line & { kind: 'role_set' };
const roleLines = createLookBack((_state, line): line is RoleLine => line.kind === 'role_set' && line.by !== INKWELL);

/** Answers false where Slack did not take the message. */
async function tellAnswer(context: AppContext, ask: Ask, answer: RoleAnswer): Promise<boolean> {
  const { memberId, at } = ask;
  const key = `role-answered/${memberId}/${at}/${answer.role ?? 'none'}`;
  const note = answeredNote(context, memberId, answer);
  const told = await messageOnce(context, { key, to: directly(memberId), note });
  for (const { memberId: ownerId } of activeWith(context.book.now(), 'owner')) {
    const place = await placeOf(context, cardKey(ask, ownerId));
    if (place) await context.messenger.redrawCard(place, cardOf(context, ask, answer));
  }
  return told.kind === 'delivered';
}

const answeredNote = ({ book }: AppContext, memberId: string, answer: RoleAnswer): PrivateMessage => ({
  kind: 'role_answered',
  ...answer,
  mayMake: may(book.now(), memberId, 'hold'),
});

function cardOf({ book }: AppContext, { memberId, at }: Ask, answer: RoleAnswer | null): RoleAskedCard {
  const role = book.now().members.get(memberId)?.role ?? null;
  // A drawing with an answer is later than one without.
  return { kind: 'role_asked', at: answer ? at + 1 : at, by: memberId, role, answer };
}

/** When the ask that is open began: the one that there is, or a new one. */
async function beginAsk(context: AppContext, memberId: string): Promise<Ask> {
  const { records, clock, book } = context;
  const now = clock.now();
  const before = await askedAt(context, memberId);
  if (before !== null && elapsedMs(clock, before) < AGAIN_AFTER_MS) return { memberId, at: before };
  if (before !== null) await endAsk(context, memberId);
  const mark = { workspace: book.workspace, key: askKey(memberId), value: String(now), at: now };
  if ((await records.marks.put(mark)) === 'put') return { memberId, at: now };
  return { memberId, at: (await askedAt(context, memberId)) ?? now };
}

async function askedAt({ records, book }: AppContext, memberId: string): Promise<number | null> {
  const value = await records.marks.get({ workspace: book.workspace, key: askKey(memberId) });
  return value === null ? null : Number(value);
}

const endAsk = ({ records, book }: AppContext, memberId: string): Promise<void> =>
  records.marks.remove({ workspace: book.workspace, key: askKey(memberId) });

async function declined(context: AppContext, ask: Ask): Promise<RoleAnswer | null> {
  const answer = await onceMarker(context, answerKey(ask));
  return answer === null ? null : (JSON.parse(answer) as RoleAnswer);
}

const askKey = (memberId: string) => `role-asked/${memberId}`;
const cardKey = ({ memberId, at }: Ask, ownerId: string) => `${askKey(memberId)}/${at}/to/${ownerId}`;
const answerKey = ({ memberId, at }: Ask) => `${askKey(memberId)}/${at}/answer`;
