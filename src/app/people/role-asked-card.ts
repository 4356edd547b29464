import type { Role } from '../../ledger/roles.ts';

/** Asks an owner to give a person a role with which they can make images. `answer`: null while there is none. */
export type RoleAskedCard = {
  kind: 'role_asked';
  at: number;
  by: string;
  /** What they were when they asked. */
  role: Role | null;
  answer: RoleAnswer | null;
};

/** `role` null: it stays as it was. */
export type RoleAnswer = { by: string; role: Role | null };
