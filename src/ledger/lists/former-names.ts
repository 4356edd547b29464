/** A name that was given up, and the line that gave it up. */
export type FormerName = { name: string; untilSeq: number };

/** `formerNames`: oldest first; left out where there are none. */
export type Named = { name: string; formerNames?: readonly FormerName[] };

/** What changes of the names of something that is called so from that line on. */
export const renamed = (
  { name: former, formerNames = [] }: Named,
  { name, seq }: { name: string; seq: number },
): Partial<Named> => (name === former ? {} : { name, formerNames: [...formerNames, { name: former, untilSeq: seq }] });

/** What it was called when a line was written. The line that renamed it has the new name. */
export const nameAt = ({ name, formerNames = [] }: Named, seq: number): string =>
  formerNames.find(({ untilSeq }) => seq < untilSeq)?.name ?? name;
