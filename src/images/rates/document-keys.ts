import { type Document, isMap, isNode, isPair, isScalar, isSeq, type Pair, visit, type YAMLMap } from 'yaml';

/** `offset`: of the key, from the file's beginning. */
export type WrongKey = { offset: number; what: string };

/** The first key that stands twice in one map, or that JavaScript gives a meaning of its own. Looks at each key once. */
export function wrongKey(document: Document): WrongKey | null {
  let found: WrongKey | null = null;
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const word = wordOf(key);
        const what = word === '__proto__' ? `${word} can’t be a name. Choose another one.` : twice(word, seen);
        if (what !== null) {
          found = { offset: offsetOf(key), what };
          return visit.BREAK;
        }
        seen.add(word);
      }
      return undefined;
    },
  });
  return found;
}

const twice = (word: string, seen: ReadonlySet<string>) =>
  seen.has(word) ? `${word} stands here twice. Remove one of them.` : null;

/** Finds where something stands in a document, in as many steps as it lies deep. */
export function createKeyLocator({ contents }: Document): (path: readonly (string | number)[]) => number | null {
  const pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairAt = (map: YAMLMap, key: string) => {
    const known = pairs.get(map) ?? new Map(map.items.filter(isPair).map((pair) => [wordOf(pair.key), pair]));
    pairs.set(map, known);
    return known.get(key);
  };
  /** The key itself in a map, the item in a list; `in` is what stands there. */
  const step = (inside: unknown, key: string | number) => {
    if (isMap(inside)) {
      const pair = pairAt(inside, String(key));
      return pair && { at: pair.key, in: pair.value };
    }
    const item = isSeq(inside) ? inside.items[Number(key)] : undefined;
    return item === undefined ? undefined : { at: item, in: item };
  };
  return (path) => {
    let inside: unknown = contents;
    let offset: number | null = null;
    for (const key of path) {
      const found = step(inside, key);
      if (!found) break;
      if (isNode(found.at) && found.at.range) [offset] = found.at.range;
      inside = found.in;
    }
    return offset;
  };
}

const wordOf = (key: unknown): string => String(isScalar(key) ? key.value : key);
const offsetOf = (key: unknown): number => (isNode(key) && key.range ? key.range[0] : 0);
