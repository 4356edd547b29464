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
/** One a day, for years. */
const ASKS_MAX = 1_000;

/** The asks of a person are numbered marks that no one takes away: processes that begin one at the same time begin the same. */
type Ask = { memberId: string; askNo: number; at: number };

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
  const ask = await openAsk(context, memberId);
  const own = JSON.stringify({ by, role: null });
  const isFirst = ask !== null && (await putOnceMarker(context, answerKey(ask), own)) === 'put';
  if (!isFirst) await context.messenger.tell(requester, { kind: 'role_settled', memberId });
  // Also for an answer that was written before: the process that wrote it may have died, or Slack may have taken no drawing.
  const answer = ask && (await declined(context, ask));
  if (ask && answer) await tellAnswer(context, ask, answer);
}

/**
 * Tells people who asked for a role that they were given one. An owner gives it by the form of a person, in whichever process: so
 * it is found among the last lines, also by the sweeper.
 */
export async function tellOfRoles(context: AppContext): Promise<void> {
  for (const { memberId, by, role, at: changedAt } of await roleLines(context, await context.book.read())) {
    const ask = await openAsk(context, memberId);
    if (!ask || changedAt < ask.at) continue;
    if (await tellAnswer(context, ask, { by, role })) await putOnceMarker(context, givenKey(ask), '');
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

/** Answers false where Slack did not take the message, or a drawing. */
async function tellAnswer(context: AppContext, ask: Ask, answer: RoleAnswer): Promise<boolean> {
  const { memberId, at } = ask;
  const key = `role-answered/${memberId}/${at}/${answer.role ?? 'none'}`;
  const note = answeredNote(context, memberId, answer);
  const told = await messageOnce(context, { key, to: directly(memberId), note });
  let isDone = told.kind === 'delivered';
  for (const each of await withUnanswered(context, ask)) {
    for (const { memberId: ownerId } of activeWith(context.book.now(), 'owner')) {
      const place = await placeOf(context, cardKey(each, ownerId));
      if (place === null) continue;
      const drawn = await context.messenger.redrawCard(place, cardOf(context, each, answer));
      isDone &&= drawn.kind !== 'failed';
    }
  }
  return isDone;
}

/** The ask, and those right before it that no one answered: an answer is about all of them, and their cards have its buttons. */
async function withUnanswered(context: AppContext, ask: Ask): Promise<Ask[]> {
  const asks = [ask];
  for (let askNo = ask.askNo - 1; askNo > 0; askNo -= 1) {
    const before = await findAsk(context, ask.memberId, askNo);
    if (!before || (await declined(context, before)) || (await wasGiven(context, before))) break;
    asks.push(before);
  }
  return asks;
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

/** Returns the ask that is open, or a new one. */
async function beginAsk(context: AppContext, memberId: string): Promise<Ask> {
  const last = await lastAsk(context, memberId);
  if (last && !(await mayAskAgain(context, last))) return last;
  const next = { memberId, askNo: (last?.askNo ?? 0) + 1, at: context.clock.now() };
  if ((await putOnceMarker(context, askKey(next), String(next.at))) === 'put') return next;
  return (await findAsk(context, memberId, next.askNo)) ?? next;
}

const mayAskAgain = async (context: AppContext, last: Ask): Promise<boolean> =>
  last.askNo < ASKS_MAX && (elapsedMs(context.clock, last.at) >= AGAIN_AFTER_MS || (await wasGiven(context, last)));

/** Null where the person has not asked, or was given a role since. */
async function openAsk(context: AppContext, memberId: string): Promise<Ask | null> {
  const last = await lastAsk(context, memberId);
  return last && !(await wasGiven(context, last)) ? last : null;
}

async function lastAsk(context: AppContext, memberId: string): Promise<Ask | null> {
  let last: Ask | null = null;
  for (let askNo = 1; askNo <= ASKS_MAX; askNo += 1) {
    const next = await findAsk(context, memberId, askNo);
    if (next === null) break;
    last = next;
  }
  return last;
}

async function findAsk(context: AppContext, memberId: string, askNo: number): Promise<Ask | null> {
  const at = await onceMarker(context, askKey({ memberId, askNo }));
  return at === null ? null : { memberId, askNo, at: Number(at) };
}

const wasGiven = async (context: AppContext, ask: Ask): Promise<boolean> =>
  (await onceMarker(context, givenKey(ask))) !== null;

async function declined(context: AppContext, ask: Ask): Promise<RoleAnswer | null> {
  const answer = await onceMarker(context, answerKey(ask));
  return answer === null ? null : (JSON.parse(answer) as RoleAnswer);
}

const allOf = (memberId: string) => `role-asked/${memberId}`;
const askKey = ({ memberId, askNo }: Omit<Ask, 'at'>) =>
  askNo === 1 ? allOf(memberId) : `${allOf(memberId)}/ask/${askNo}`;
const ofAsk = ({ memberId, at }: Ask) => `${allOf(memberId)}/${at}`;
const cardKey = (ask: Ask, ownerId: string) => `${ofAsk(ask)}/to/${ownerId}`;
const answerKey = (ask: Ask) => `${ofAsk(ask)}/answer`;
const givenKey = (ask: Ask) => `${ofAsk(ask)}/given`;
