import { as, fresh, type Payload } from './forge.ts';
import { ACTOR_NAMES, ACTORS } from './organisation.ts';

/** A small generator with a seed: the same forgeries for the same number. */
export function createChance(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    below: (count: number) => Math.floor(next() * count),
    one: <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T,
  };
}
export type Chance = ReturnType<typeof createChance>;

/** What somebody might put in place of what was drawn for them: other people's things, and nonsense. */
const WORDS = [
  'acme',
  'nova',
  'p-acme',
  'p-nova',
  'film',
  'C0ACME',
  'C0NOVA',
  'D0NOBODY',
  'client:nova',
  'member:U0OWNER',
  'agency',
  'owner',
  'inkwell',
  'U0OWNER',
  'U0MNOVA',
  '__proto__',
  'constructor',
  '',
  '0',
  '-1',
  '1e999',
  '999999999999',
  'null',
  '[]',
  '{}',
  '[0,0,"nova"]',
  '[0,0,"@people","role","U0OWNER"]',
  '[99999999,-1]',
  '\u0000',
  '\u202e',
  'x'.repeat(3_000),
  '<!channel>',
  '{"pages":{"clients":0,"members":0},"clientId":"nova"}',
];

const VALUES: readonly unknown[] = [null, 0, -1, 1.5, true, [], {}, [null], { value: 'nova' }, ...WORDS];

/** A delivery that was made once, from somebody who never made it, with something in it changed. */
export function tampered(payload: Payload, chance: Chance): { payload: Payload; by: string } {
  const by = ACTORS[chance.one(ACTOR_NAMES)].id;
  const forged = fresh(as(payload, by));
  const changes = chance.below(4);
  for (let change = 0; change < changes; change += 1) changeOne(forged, chance);
  return { payload: forged, by };
}

/** Never who it is from: that is what Slack vouches for. */
const KEPT = new Set(['user', 'user_id', 'type', 'team', 'token', 'api_app_id']);

function changeOne(forged: Payload, chance: Chance): void {
  const leaves = leavesOf(forged, []).filter(([first]) => !KEPT.has(String(first)));
  if (leaves.length === 0) return;
  const way = chance.one(leaves);
  const last = way.at(-1) as string;
  const holder = way.slice(0, -1).reduce<Payload>((inner, name) => inner[name] as Payload, forged);
  const present = holder[last];
  // A string that is JSON is changed from inside too: that is where hints are.
  if (typeof present === 'string' && /^[[{]/.test(present) && chance.next() < 0.6) {
    holder[last] = changedJson(present, chance);
    return;
  }
  holder[last] = typeof present === 'string' && chance.next() < 0.7 ? chance.one(WORDS) : chance.one(VALUES);
}

function changedJson(text: string, chance: Chance): string {
  try {
    const value = JSON.parse(text) as Payload;
    const leaves = leavesOf(value, []);
    if (leaves.length === 0) return text;
    const way = chance.one(leaves);
    const holder = way.slice(0, -1).reduce<Payload>((inner, name) => inner[name] as Payload, value);
    holder[way.at(-1) as string] = chance.one(VALUES);
    return JSON.stringify(value);
  } catch {
    return chance.one(WORDS);
  }
}

function leavesOf(value: unknown, way: readonly string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [[...way]];
  const inner = Object.entries(value);
  return inner.length === 0 ? [[...way]] : inner.flatMap(([name, each]) => leavesOf(each, [...way, name]));
}
