/** Returns that many random bytes; injected, so that nothing here draws chance by itself. */
export type Chance = (bytes: number) => Uint8Array;

export type Ids = {
  /** `F0…`, `V0…`: the kind's letter and ten more, as Slack's. */
  next(letter: string): string;
  /** Cannot be guessed: for addresses that are a right by themselves (uploads, response URLs). */
  secret(): string;
};

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWX';

export function createIds(chance: Chance): Ids {
  return {
    next: (letter) => `${letter}0${[...chance(9)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`,
    secret: () => Buffer.from(chance(18)).toString('base64url'),
  };
}
