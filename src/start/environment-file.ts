import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseEnv } from 'node:util';
import { mergedEnvironment } from './environment.ts';
import { StartFault } from './slack-connection.ts';

/** The variables of a process, and of `.env` where it stands. */
export function environmentHere(environment: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  const { HOST, ...others } = environment;
  // Some shells set it to the machine's name, for their own use.
  const isShells = HOST?.toLowerCase() === hostname().toLowerCase();
  return mergedEnvironment(environmentFile('.env'), isShells ? others : environment);
}

/** Editors of Windows begin a file with a mark of their own, or write two bytes a letter. */
function environmentFile(file: string): Record<string, string | undefined> {
  const text = readEnvironment(file);
  if (text.includes('\0')) throw new StartFault(`${file} is not plain text. Save it again as UTF-8.`);
  return parseEnv(text.replace(/^\uFEFF/, ''));
}

function readEnvironment(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new StartFault(`${file} cannot be read (${code}). Let the user that runs Inkwell read it, or remove it.`);
  }
}
