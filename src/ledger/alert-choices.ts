/** Holds until then; a later choice takes its place. */
export type AlertChoice = { by: string; at: number; untilAt: number };
export type AlertChoices = {
  muted: AlertChoice | null;
  expected: (AlertChoice & { hourMaxCredits: number }) | null;
};
