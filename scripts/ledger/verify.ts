import { verifyBooks } from '../../src/app/self-check/verify-books.ts';
import type { Verification } from '../../src/ledger/verify/verifier.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';

/** No person waits for this process. */
const LINES_A_PAGE = 2_000;

/** The nightly check of one workspace, at once; `saw` is told of every page. */
export const verifyWorkspace = (
  journal: Journal,
  workspace: string,
  saw: (linesCount: number) => void = () => {},
): Promise<Verification> => verifyBooks(journal, workspace, { saw, linesMax: LINES_A_PAGE });
