import { OPTIONS } from '../imagine/meant-option.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { code, type Inline } from '../kit/parts.ts';
import { shorten } from '../kit/text.ts';
import { DASH } from '../kit/typed-figures.ts';

/** What each part of `/credits` takes besides words; its figures and names take none. */
const TAKES = { report: ['by', 'csv'], project: ['thread'], people: [], team: [], '': [] } as const;
type Part = keyof typeof TAKES;

const PART = /^(report|project|people|team)s?(?=\s|$)/i;
/** Two dashes and a name, or one long dash: a short one may be part of a client’s name. */
const OPTION = new RegExp(`(?:^|\\s)(?:${DASH}{2,3}|[—–―])(\\p{L}[\\p{L}\\p{N}_]*)`, 'giu');
/** A name in quotes is no option, whatever is in it. */
const QUOTED = /["“”„][^"“”„]*["“”„]/gu;

/** Options of a text; `help` where the person asks for it that way. */
export function optionsTyped(typed: string): { part: Part; names: readonly string[]; isHelp: boolean } {
  const part = (PART.exec(typed.trim())?.[1]?.toLowerCase() ?? '') as Part;
  const names = [...typed.replace(QUOTED, ' ').matchAll(OPTION)].map(([, name = '']) => name.toLowerCase());
  return { part, names, isHelp: names.includes('help') };
}

/** Says which option the command doesn’t take, and where it works; null where it takes all of them. */
export function refusedOption({ part, names }: ReturnType<typeof optionsTyped>): Message | null {
  const taken: readonly string[] = TAKES[part];
  const wrong = names.find((name) => !taken.includes(name));
  if (wrong === undefined) return null;
  const option = code(`--${shorten(wrong, NAME_UNITS_MAX)}`);
  const command = code(part === '' ? COMMANDS.credits : `${COMMANDS.credits} ${part}`);
  return message([[command, ' doesn’t take ', option, '. Nothing was changed.'], where(wrong, taken)]);
}

const NAME_UNITS_MAX = 40;

function where(wrong: string, taken: readonly string[]): Inline[] {
  const other = (Object.keys(TAKES) as Part[]).find((part) => (TAKES[part] as readonly string[]).includes(wrong));
  if (other) return [code(`${COMMANDS.credits} ${other}`), ' does.'];
  if ((OPTIONS as readonly string[]).includes(wrong)) return [code(COMMANDS.imagine), ' does.'];
  if (taken.length === 0) return [code(`${COMMANDS.credits} help`), ' lists what it knows.'];
  return [
    'It takes ',
    ...taken.flatMap((name, at): Inline[] => [...(at === 0 ? [] : [' and ']), code(`--${name}`)]),
    '.',
  ];
}
