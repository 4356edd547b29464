/**
 * A list whose rows are made when they are first looked at. Of thousands of clients a view draws twenty, and which ones is
 * the view's to know. It cannot be told from a list that was made at once.
 */
export function lazyRows<Id, Row extends object>(ids: readonly Id[], rowOf: (id: Id) => Row): readonly Row[] {
  const rows = new Array<Row | undefined>(ids.length).fill(undefined);
  const make = (name: string | symbol) => {
    if (typeof name === 'symbol' || !/^\d+$/.test(name)) return;
    const at = Number(name);
    if (at < rows.length) rows[at] ??= rowOf(ids[at] as Id);
  };
  return new Proxy(rows, {
    get(target, name, receiver) {
      make(name);
      return Reflect.get(target, name, receiver);
    },
    getOwnPropertyDescriptor(target, name) {
      make(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  }) as readonly Row[];
}
