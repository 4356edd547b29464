/** More letters wrong than this, and it was another word. */
const EDITS_MAX = 2;

/** The known word that was probably meant; null where none is near. */
export function closest(word: string, known: readonly string[]): string | null {
  return nearest(word, known, EDITS_MAX) ?? known.find((each) => word.length > 1 && each.startsWith(word)) ?? null;
}

/** The known word with the fewest letters to change; null where all need more than so many. */
export function nearest(word: string, known: readonly string[], editsMax: number): string | null {
  const near = known
    .map((each) => ({ each, edits: edits(word.slice(0, 40), each) }))
    .filter(({ each, edits }) => edits <= editsMax && edits < each.length)
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.each ?? null;
}

/** Letters to add, leave out or change: Levenshtein's distance. */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const change = (row[j] ?? 0) + (letter === other[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
