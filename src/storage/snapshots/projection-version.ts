declare const LEDGER_DIGEST: string | undefined;

/**
 * Of what folds lines into a state: the digest that the build makes of its code (`scripts/ledger-digest.mjs`), and the
 * calendar data of this Node, by which days and weeks end. A snapshot of another one is not used. Null where no build wrote
 * us: then there are no snapshots.
 */
export const PROJECTION_VERSION =
  typeof LEDGER_DIGEST === 'undefined' ? null : `${LEDGER_DIGEST} tz ${process.versions.tz}`;
