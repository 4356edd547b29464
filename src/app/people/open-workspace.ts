import type { OpenWorkspace } from '../../ledger/commands/commands.ts';
import { INKWELL } from '../../ledger/commands/commands.ts';
import type { AppContext } from '../context.ts';

/** Opens the ledger at the first start; later ones find it open, and nothing of it is changed. */
export async function openWorkspace(
  { book }: Pick<AppContext, 'book'>,
  settings: Omit<OpenWorkspace, 'kind'>,
): Promise<void> {
  if (book.now().settings) return;
  const answer = await book.submit({ commandId: 'open', by: INKWELL, kind: 'open_workspace', ...settings });
  if (answer.ok || answer.refusal.reason === 'already_open') return;
  throw new Error(`the workspace could not be opened: ${JSON.stringify(answer.refusal)}`);
}
