/** What owners are told of a clock that is, or was, wrong. */
export type ClockView =
  /** Others say what the time is, and this machine shows something else. */
  | { kind: 'machine'; shownAt: number; rightAt: number; source: 'slack' | 'database' }
  /** The last line is dated ahead, and only this machine says that it is. */
  | { kind: 'ledger'; wrongAt: number; rightAt: number }
  | { kind: 'corrected'; wrongAt: number; at: number; by: string };

/** `at`: of two drawings the later has the higher one. */
export type ClockCard = { kind: 'clock_card'; at: number; clock: ClockView };
