import names from './emoji-names.json' with { type: 'json' };

/**
 * Slack’s own names of emoji, written down from `emojibase-data` 17.0.0 (MIT), whose forty-nine megabytes are needed
 * for nothing else. A Map, because a name may be `constructor`.
 */
const CHARACTERS: ReadonlyMap<string, string> = new Map(Object.entries(names));

/** A tone follows its emoji, and a pair may have two: `:wave::skin-tone-3:`, `:handshake::skin-tone-2-6:`. */
const EMOJI_NAME = /:([a-z0-9_+-]{1,60}):(?::skin-tone-([2-6])(?:-([2-6]))?:)?/g;

/** Between letters or figures, `x:a:y` and `10:100:20` are no emoji. */
const SHORT_NAME_CHARACTERS_MAX = 4;
const WORD_BEFORE = /[\p{L}\p{N}]$/u;
const WORD_AFTER = /^[\p{L}\p{N}]/u;

/** Slack sends emoji by name; a provider, and everyone who reads, is given the character that was typed. */
export const withEmoji = (text: string): string => (text.includes(':') ? text.replace(EMOJI_NAME, emojiOr) : text);

/** Where a name is wanted and a character may have been typed, as for a reaction: the name that Slack reports. */
export const withEmojiNames = (text: string): string =>
  [...new Intl.Segmenter().segment(withEmoji(text))]
    .map(({ segment }) => (NAMES.has(bare(segment)) ? `:${NAMES.get(bare(segment))}:` : segment))
    .join('');

const bare = (character: string) => character.replaceAll('\ufe0f', '');
/** The first name of several is Slack’s own. */
const NAMES: ReadonlyMap<string, string> = new Map(
  [...CHARACTERS].reverse().map(([name, character]) => [bare(character), name]),
);

/** The character; what has none, such as a workspace’s own emoji, stays as it stands. */
function emojiOr(whole: string, name: string, one?: string, other?: string, ...[at, text]: unknown[]): string {
  const character = CHARACTERS.get(name);
  if (character === undefined || isWithinWord(name, whole, at, text)) return whole;
  return one === undefined ? character : toned(name, character, [one, other ?? one]);
}

function isWithinWord(name: string, whole: string, at: unknown, text: unknown): boolean {
  if (typeof at !== 'number' || typeof text !== 'string' || name.length > SHORT_NAME_CHARACTERS_MAX) return false;
  return WORD_BEFORE.test(text.slice(0, at).slice(-2)) && WORD_AFTER.test(text.slice(at + whole.length).slice(0, 2));
}

/** Pairs that Unicode draws as one character have other characters where their two tones differ. */
const PAIRS: Readonly<Record<string, readonly [one: string, between: string, other: string]>> = {
  handshake: ['🫱', '\u200d', '🫲'],
  couple: ['👩', '\u200d🤝\u200d', '👨'],
  man_and_woman_holding_hands: ['👩', '\u200d🤝\u200d', '👨'],
  woman_and_man_holding_hands: ['👩', '\u200d🤝\u200d', '👨'],
  two_men_holding_hands: ['👨', '\u200d🤝\u200d', '👨'],
  men_holding_hands: ['👨', '\u200d🤝\u200d', '👨'],
  two_women_holding_hands: ['👩', '\u200d🤝\u200d', '👩'],
  women_holding_hands: ['👩', '\u200d🤝\u200d', '👩'],
  couplekiss: ['🧑', '\u200d❤️\u200d💋\u200d', '🧑'],
  couple_with_heart: ['🧑', '\u200d❤️\u200d', '🧑'],
};

const toneOf = (figure: string) => String.fromCodePoint(0x1f3f9 + Number(figure));

function toned(name: string, character: string, [one, other]: readonly [string, string]): string {
  const pair = PAIRS[name];
  if (pair && one !== other) return pair[0] + toneOf(one) + pair[1] + pair[2] + toneOf(other);
  const tones = [one, other];
  const isJoined = character.includes('\u200d');
  // Hands that two people hold have no tone of their own.
  return character.replace(/(\p{Emoji_Modifier_Base})\ufe0f?/gu, (whole, base: string) =>
    isJoined && base === '🤝' ? whole : base + toneOf(tones.shift() ?? other),
  );
}
