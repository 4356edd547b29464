import type { Bug } from './bugs.ts';

const ONCE = 'A digest comes once for a week and a reader, an alert once for a window and a reader';
const DUE = 'A digest comes when it is due, or within a day';
const ARRIVES = 'What is due, and can be sent, arrives';
const SHOWN = 'A message shows what is so';

/** In digests, alerts, what is posted once, and when. */
export const IN_WEEK: readonly Bug[] = [
  {
    name: 'where a message stands is not written down',
    law: ONCE,
    file: 'src/app/once/post-once.ts',
    find: 'await putOnceMarker(context, placeKey(key), JSON.stringify(posted.place));',
    put: 'void putOnceMarker;',
  },
  {
    name: 'two processes may be at the same message',
    law: ONCE,
    file: 'src/app/once/post-once.ts',
    find: "value: own, at })) === 'put') return attempt;",
    put: 'value: own, at })) !== null) return attempt;',
  },
  {
    name: 'a message that a crash cut off is never posted again',
    law: ARRIVES,
    file: 'src/app/once/post-once.ts',
    find: 'const CUT_OFF_MS = 2 * 60_000;',
    put: 'const CUT_OFF_MS = 400 * 86_400_000;',
  },
  {
    name: 'Slack is not told which message it may know',
    law: ONCE,
    file: 'src/slack/messenger/messenger.ts',
    find: 'return await post({ channelId: opened.value, threadTs: null, onceKey }, message);',
    put: 'return await post({ channelId: opened.value, threadTs: null }, message);',
  },
  {
    name: 'a digest has the key of its day, not of its week',
    law: ONCE,
    file: 'src/app/digest/send-digests.ts',
    find: 'card.digest.weeks.week.fromDate}/to/',
    put: 'date}/to/',
  },
  {
    name: 'a digest that could not be sent is not tried again',
    law: ARRIVES,
    file: 'src/app/digest/send-digests.ts',
    find: 'if (failed > 0) throw',
    put: 'if (failed > 99) throw',
  },
  {
    name: 'a digest goes to guests',
    law: 'Nobody gets a digest that is not theirs',
    file: 'src/app/digest/send-digests.ts',
    find: "if (audience !== 'internal') {",
    put: "if (audience === 'unsure') {",
  },
  {
    name: 'a channel has one digest for ever, not one a week',
    law: ARRIVES,
    file: 'src/app/digest/send-client-digests.ts',
    find: 'week.fromDate}/in/',
    put: 'week.fromDate.slice(0, 0)}/in/',
  },
  {
    name: 'each attempt at a channel’s digest has a key of its own',
    law: ONCE,
    file: 'src/app/digest/send-client-digests.ts',
    find: '    await postOnce(context, key, async (onceKey) => {',
    put: "    await postOnce(context, [key, context.newId()].join('/'), async (onceKey) => {",
  },
  {
    name: 'a channel’s digest that could not be posted is not tried again',
    law: ARRIVES,
    file: 'src/app/digest/send-client-digests.ts',
    find: 'if (failed > 0) throw',
    put: 'if (failed > 99) throw',
  },
  {
    name: 'a channel gets its digest where nobody wants it',
    law: 'Nobody gets a digest that is not theirs',
    file: 'src/app/digest/send-client-digests.ts',
    find: 'if (!client.hasDigest || client.closedAt !== null) continue;',
    put: '(client as { hasDigest: boolean }).hasDigest = true;',
  },
  {
    name: 'on a day when clocks are set the hours are counted from midnight',
    law: DUE,
    file: 'src/scheduler/ticks.ts',
    find: 'if (minutesSinceMidnight(startsAt, timeZone) === 0 && minutesSinceMidnight(guess, timeZone) === wanted) return guess;',
    put: 'if (guess > 0) return guess;',
  },
  {
    name: 'what was slept through for days is made up for',
    law: DUE,
    file: 'src/scheduler/run-due.ts',
    find: 'const MADE_UP_WITHIN_MS = 25 * 60 * 60_000;',
    put: 'const MADE_UP_WITHIN_MS = 125 * 60 * 60_000;',
  },
  {
    name: 'a new time counts from before it was set',
    law: DUE,
    file: 'src/scheduler/plans.ts',
    find: 'fromAt: newest ? await changedAt(context, newest) : first, seq };',
    put: 'fromAt: newest ? first - 86_400_000 : first, seq };',
  },
  {
    name: 'a window’s alert has the key of its kind',
    law: ARRIVES,
    file: 'src/app/alerts/tend-alerts.ts',
    find: "({ account, key }: Pick<Watched, 'account' | 'key'>) =>",
    put: "({ account, key: of }: Pick<Watched, 'account' | 'key'>, key = of.split(':')[0]) =>",
  },
  {
    name: 'each change of an alert is a message of its own',
    law: ONCE,
    file: 'src/app/alerts/tell-alert.ts',
    find: 'telling.key}/to/',
    put: 'telling.key + telling.stateNo}/to/',
  },
  {
    name: 'an alert that is resolved is left as it is',
    law: SHOWN,
    file: 'src/app/alerts/tell-alert.ts',
    find: 'if (place !== null) return',
    put: 'if (place !== null && !telling.isStanding) return true;\n  if (place !== null) return',
  },
  {
    name: 'what could not be drawn counts as drawn',
    law: ARRIVES,
    file: 'src/app/alerts/tell-alert.ts',
    find: 'if (isDrawn) await putOnceMarker',
    put: 'if (isDrawn || true) await putOnceMarker',
  },
  {
    name: 'an alert does not know that its window is over',
    law: SHOWN,
    file: 'src/app/alerts/alert-state.ts',
    find: 'if (isOver) return before && !before.isOver ? { ...before, at, isOver } : null;',
    put: 'if (isOver) return null;',
  },
  {
    name: 'quiet hours are forgotten',
    law: 'No alert begins in quiet hours',
    file: 'src/app/alerts/tell-alert.ts',
    find: ' || isQuiet(state.settings, at);',
    put: ' || isQuiet(state.settings, 0);',
  },
  {
    name: 'a mute is forgotten',
    law: 'No alert begins of what is muted',
    file: 'src/app/alerts/told-to.ts',
    find: '(alerts.get(account)?.muted?.untilAt ?? 0) > at;',
    put: '(alerts.get(account)?.muted?.untilAt ?? 0) > at + 400 * 86_400_000;',
  },
  {
    name: 'owners hear of what managers look after',
    law: 'Nobody gets an alert that is not theirs',
    file: 'src/app/alerts/told-to.ts',
    find: "const told = managers.length > 0 ? managers : activeWith(state, 'owner');",
    put: "const told = [...managers, ...activeWith(state, 'owner')];",
  },
].map((bug) => ({ ...bug, isOfWeek: true as const }));
