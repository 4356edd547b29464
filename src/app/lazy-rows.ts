/**
 * A list whose rows are made when they are first looked at. Of thousands of clients a view draws twenty, and which ones is
 * the view's to know. It cannot be told from a list that was made at once.
 */
export function lazyRows<Id, Row extends object>(ids: readonly Id[], rowOf: (id: Id) => Row): readonly Row[] {
  const rows = new Array<Row>(ids.length);
  const make = (at: number) => {
    if (at < ids.length && !(at in rows)) rows[at] = rowOf(ids[at] as Id);
  };
  const makeNamed = (name: string | symbol) => {
    if (typeof name === 'string' && /^\d+$/.test(name)) make(Number(name));
  };
  return new Proxy(rows, {
    get(target, name, receiver) {
      makeNamed(name);
      return Reflect.get(target, name, receiver);
    },
    has(target, name) {
      makeNamed(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      makeNamed(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      for (let at = 0; at < ids.length; at += 1) make(at);
      return Reflect.ownKeys(target);
    },
  });
}
