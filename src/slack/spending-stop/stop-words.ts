import type { StopAbout } from '../../app/self-check/trouble.ts';
import { number } from '../../words/figures.ts';
import { code, type Inline } from '../kit/parts.ts';

/**
 * What owners read of each kind of stop. `wrong`: what was found. `still`: what was found by another check. `toDo`: what
 * they or an operator can do. `check`: what the button does after that.
 */
type StopWords = {
  wrong(brokenSeq: number): string;
  still(brokenSeq: number): string;
  toDo: readonly Inline[];
  check: string;
};

const VERIFY = code('npm run ledger:verify');
const HOW_TO = code('docs/when-the-ledger-is-wrong.md');
const CHECK_LINES = 'Then check again here. If every line passes, spending resumes.';
const NAMES_IT: readonly Inline[] = [VERIFY, ' names the exact problem. '];
const PUT_BACK: readonly Inline[] = [
  ...NAMES_IT,
  'Restore the ledger, or that line, from a backup. Then run it again to check.',
];
const PUT_ALL_BACK: readonly Inline[] = [
  ...NAMES_IT,
  'Restore a backup of the whole ledger that has these entries. To continue without them, see ',
  HOW_TO,
  '.',
];

export const STOP_WORDS: Readonly<Record<StopAbout, StopWords>> = {
  line: {
    wrong: (seq) => `Line ${number(seq)} of Inkwell’s ledger failed its check.`,
    still: (seq) => `Line ${number(seq)} still fails its check`,
    toDo: PUT_BACK,
    check: CHECK_LINES,
  },
  gap: {
    wrong: (seq) => `Entries just before line ${number(seq)} of Inkwell’s ledger are missing.`,
    still: (seq) => `Entries just before line ${number(seq)} are still missing`,
    toDo: PUT_BACK,
    check: CHECK_LINES,
  },
  end: {
    wrong: (seq) => `The last entries of Inkwell’s ledger are missing, line ${number(seq)} among them.`,
    still: (seq) => `The last entries are still missing, line ${number(seq)} among them`,
    toDo: PUT_ALL_BACK,
    check: CHECK_LINES,
  },
  unreadable: {
    wrong: (seq) => `Line ${number(seq)} of Inkwell’s ledger can’t be read.`,
    still: (seq) => `Line ${number(seq)} still can’t be read`,
    toDo: PUT_BACK,
    check: CHECK_LINES,
  },
  file: {
    wrong: () => 'Inkwell’s ledger file is damaged.',
    still: () => 'Inkwell’s ledger file is still damaged',
    toDo: ['Restore the ledger from a backup. Then run ', VERIFY, ' to check it.'],
    check: CHECK_LINES,
  },
  records: {
    wrong: () => 'Inkwell’s records of prompts and images are damaged.',
    still: () => 'Inkwell’s records are still damaged',
    toDo: [
      'Stop Inkwell and restore its folder from a backup: ',
      HOW_TO,
      ' explains how. Until then, no image is paid for twice.',
    ],
    check: 'Then check again here. If all records are readable, spending resumes.',
  },
  moved: {
    wrong: () => 'One of Inkwell’s files was moved or deleted.',
    still: () => 'One of Inkwell’s files is still missing',
    toDo: [
      'Inkwell still uses the file it opened, but the next start won’t find what is written there. Stop Inkwell and put the file back.',
    ],
    check: CHECK_LINES,
  },
};
