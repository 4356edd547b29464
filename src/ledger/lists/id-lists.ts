import { Map as ImmutableMap, Set as ImmutableSet } from 'immutable';

type Ids = ImmutableSet<string>;
const NO_IDS: Ids = ImmutableSet();

/** What an entry is looked for by: a kind of question, and the answer that the entry is among. */
export type Mention<Question extends string> = readonly [question: Question, key: string];

/**
 * The ids of a map's entries by what they are looked for by, without a look at all the others. Made at the first look, and
 * remembered for each map. All changes come through here, so it goes on with a map that changes in place, as in a fold.
 */
export function idLists<Value, Question extends string>(mentions: (value: Value) => readonly Mention<Question>[]) {
  type Values = ImmutableMap<string, Value>;
  type Lists = ImmutableMap<Question, ImmutableMap<string, Ids>>;
  const remembered = new WeakMap<Values, Lists>();

  function listsOf(values: Values): Lists {
    const known = remembered.get(values);
    if (known) return known;
    const all = new Map<Question, Map<string, string[]>>();
    for (const [id, value] of values) {
      for (const [question, key] of mentions(value)) {
        const keys = all.get(question) ?? new Map<string, string[]>();
        all.set(question, keys);
        const ids = keys.get(key);
        if (ids) ids.push(id);
        else keys.set(key, [id]);
      }
    }
    const asSets = (keys: Map<string, string[]>) =>
      ImmutableMap([...keys].map(([key, ids]) => [key, ImmutableSet(ids)] as const));
    const made: Lists = ImmutableMap([...all].map(([question, keys]) => [question, asSets(keys)] as const));
    remembered.set(values, made);
    return made;
  }

  function without(lists: Lists, id: string, [question, key]: Mention<Question>): Lists {
    const keys = lists.get(question) ?? ImmutableMap<string, Ids>();
    const left = (keys.get(key) ?? NO_IDS).delete(id);
    return lists.set(question, left.isEmpty() ? keys.delete(key) : keys.set(key, left));
  }

  function withOne(lists: Lists, id: string, [question, key]: Mention<Question>): Lists {
    const keys = lists.get(question) ?? ImmutableMap<string, Ids>();
    return lists.set(question, keys.set(key, (keys.get(key) ?? NO_IDS).add(id)));
  }

  /** An entry may be null: what is no entry any more has no value at all. */
  function change(values: Values, id: string, value: Value | undefined): Values {
    const known = remembered.get(values);
    const was = known && values.get(id);
    const after = value === undefined ? values.delete(id) : values.set(id, value);
    if (!known) return after;
    let next: Lists = known;
    for (const mention of was === undefined ? [] : mentions(was)) next = without(next, id, mention);
    for (const mention of value === undefined ? [] : mentions(value)) next = withOne(next, id, mention);
    remembered.set(after, next);
    return after;
  }

  return {
    ids: (values: Values, [question, key]: Mention<Question>): Ids => listsOf(values).get(question)?.get(key) ?? NO_IDS,
    keys: (values: Values, question: Question): readonly string[] => [...(listsOf(values).get(question)?.keys() ?? [])],
    set: (values: Values, id: string, value: Value): Values => change(values, id, value),
    remove: (values: Values, id: string): Values => change(values, id, undefined),
    /** To a copy that has the same entries. */
    carry(from: Values, to: Values): void {
      const known = remembered.get(from);
      if (known) remembered.set(to, known);
    },
    /** Of a map whose entries have been changed past this. */
    forget: (values: Values): void => void remembered.delete(values),
  };
}
