import type { Motif } from './canvas.ts';
import { COLOURS, type Hour } from './palette.ts';
import type { Random } from './random.ts';

export type SceneName = 'abstract' | 'city' | 'desert' | 'forest' | 'mountains' | 'sea' | 'space' | 'still';

/** What a picture is of, as far as the prompt's words tell; the rest is left to chance. */
export type Subject = { scene: SceneName; hour: Hour; colours: readonly string[]; motif: Motif | null };

const SCENES = dictionary<SceneName>({
  abstract: 'abstract pattern logo geometric poster icon minimal typography shape bauhaus banner graphic',
  city: `city skyline street tower building urban office tokyo paris london berlin york downtown architecture traffic
    bridge apartment metropolis rooftop subway neon`,
  desert: 'desert dune sand cactus cacti sahara canyon camel mesa oasis western',
  forest:
    'forest tree wood pine jungle deer fox bear rabbit cabin park birch oak leaf autumn nature garden squirrel owl',
  mountains: `mountain hill alps alpine valley lake landscape field meadow river snow peak hike hiking tent balloon
    countryside farm volcano glacier`,
  sea: `sea ocean beach coast wave surf surfer island sail sailboat sailing boat ship harbor harbour whale lighthouse
    fish lagoon bay yacht shore pier dolphin`,
  space: 'space planet galaxy cosmos cosmic rocket astronaut nebula mars orbit universe saturn satellite comet',
  still: `still product packshot bottle perfume skincare cosmetic jar package packaging cup mug coffee espresso latte
    tea teapot wine beer food bread cake fruit lemon chocolate vase flower bouquet plant table chair lamp interior
    kitchen watch shoe sneaker bag candle soap cream`,
});

const HOURS = dictionary<Hour>({
  dawn: 'dawn sunrise morning breakfast spring soft pastel misty fog',
  day: 'day noon midday sunny bright airy summer daylight clear fresh',
  dusk: 'dusk sunset evening twilight golden autumn warm dramatic',
  night: 'night midnight moon moonlit moonlight dark star starry neon nocturnal winter',
});

const MOTIFS = dictionary<Motif>({
  balloon: 'balloon',
  bear: 'bear',
  cabin: 'cabin house hut cottage home farm',
  cactus: 'cactus cacti',
  cat: 'cat kitten',
  cup: 'cup mug coffee espresso latte tea teapot',
  deer: 'deer stag elk moose reindeer',
  fox: 'fox wolf dog puppy',
  lighthouse: 'lighthouse',
  person: 'person man woman girl boy child people portrait founder hiker wanderer traveller',
  rabbit: 'rabbit bunny hare',
  whale: 'whale dolphin orca',
});

const COLOURS_MAX = 2;
const KEEP_THEIR_S = new Set(['alps', 'mars', 'paris', 'cactus']);

export function subjectOf(prompt: string, random: Random): Subject {
  const words = (prompt.toLowerCase().match(/\p{L}+/gu) ?? []).map(singular);
  // Drawn in any case, so that one known word more does not change all the rest of the picture.
  const anyHour = random.pick<Hour>(['dawn', 'day', 'dusk', 'dusk', 'night']);
  const anyScene = random.pick<SceneName>(['mountains', 'sea', 'abstract', 'desert', 'forest']);
  const motif = firstNamed(MOTIFS, words);
  return {
    scene: firstNamed(SCENES, words) ?? (motif === null ? anyScene : 'mountains'),
    hour: firstNamed(HOURS, words) ?? anyHour,
    colours: words.flatMap((word) => COLOURS.get(word) ?? []).slice(0, COLOURS_MAX),
    motif,
  };
}

/** What the earliest known word of the prompt names: what comes first is usually what the picture is about. */
function firstNamed<Name>(names: ReadonlyMap<string, Name>, words: readonly string[]): Name | null {
  const word = words.find((candidate) => names.has(candidate));
  return (word === undefined ? undefined : names.get(word)) ?? null;
}

/** From a word to what it names. */
function dictionary<Name extends string>(entries: Readonly<Record<Name, string>>): ReadonlyMap<string, Name> {
  const names = Object.keys(entries) as Name[];
  return new Map(names.flatMap((name) => entries[name].split(/\s+/).map((word) => [word, name] as const)));
}

function singular(word: string): string {
  const plural = word.length > 3 && word.endsWith('s') && !word.endsWith('ss') && !KEEP_THEIR_S.has(word);
  return plural ? word.slice(0, -1) : word;
}
