// Makes a person an owner of Inkwell, on the machine itself: `npm run owner -- U012AB3CD`. Inkwell may run meanwhile.
import { parseArgs } from 'node:util';
import { WebClient } from '@slack/web-api';
import { lookUpOwner } from '../src/app/people/owners.ts';
import { appointOwner } from '../src/app/people/owners-at-start.ts';
import { Book } from '../src/book/book.ts';
import { readConfig } from '../src/config.ts';
import { createPeople } from '../src/slack/platform/people.ts';
import { webClientOptions } from '../src/slack/platform/web-client.ts';
import { environmentHere } from '../src/start/environment-file.ts';
import type { OpenStores } from '../src/start/folder-stores.ts';
import { createNetwork } from '../src/start/network.ts';
import { realClock } from '../src/start/real-clock.ts';
import { askWho, StartFault } from '../src/start/slack-connection.ts';
import { hasLedger, isAddress, isExpected, nameOf, openPlace, ownPlace } from './ledger/place.ts';

const USAGE = `Use: npm run owner -- U012AB3CD
  The Slack member id of a full member of the workspace (in Slack: profile → ⋮ → Copy member ID).
  --without-slack    where Slack cannot be reached: nobody checks whether they are a full member
  --workspace T…     with --without-slack, where the ledger is of several workspaces`;

const OPTIONS = { 'without-slack': { type: 'boolean', default: false }, workspace: { type: 'string' } } as const;

try {
  for (const line of await appoint(readWords())) console.log(line);
} catch (error) {
  if (!isExpected(error)) throw error;
  console.log(`Nothing was changed: ${error.message}`);
  process.exitCode = 1;
}

type Words = { ownerId: string; withoutSlack: boolean; workspace: string | null };

function readWords(): Words {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    const [ownerId = '', ...more] = positionals.map((word) => word.trim().toUpperCase());
    if (more.length === 0 && /^[UW][A-Z0-9]{2,}$/.test(ownerId)) {
      return { ownerId, withoutSlack: values['without-slack'], workspace: values.workspace ?? null };
    }
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')) throw error;
  }
  throw new StartFault(`one Slack member id is needed.\n${USAGE}`);
}

async function appoint(words: Words): Promise<string[]> {
  const where = ownPlace();
  if (!isAddress(where) && !hasLedger(where)) {
    throw new StartFault(
      `there is no ledger in ${where} yet. Set INKWELL_OWNER_ID and start Inkwell, or set DATA_DIR or MONGODB_URI.`,
    );
  }
  const found = await findInSlack(words);
  const stores = await openPlace(where);
  try {
    return await appointIn(stores, where, found);
  } finally {
    await stores.close();
  }
}

type Found = { memberId: string; workspace: string | null; isChecked: boolean };

/** What Slack says no to stays a no. What it does not answer is passed over only where that was asked for. */
async function findInSlack({ ownerId, withoutSlack, workspace }: Words): Promise<Found> {
  const asked = await askSlack(ownerId);
  if (typeof asked !== 'string') return asked;
  if (!withoutSlack) {
    throw new StartFault(`${asked}\nIf you are sure of the id, add --without-slack. Nobody checks it then.`);
  }
  console.log(`Slack was not asked: ${asked}`);
  return { memberId: ownerId, workspace, isChecked: false };
}

/** A sentence where Slack does not answer. */
async function askSlack(ownerId: string): Promise<Found | string> {
  const { slack, proxy } = readConfig({ ...environmentHere(process.env), INKWELL_OWNER_ID: ownerId }, 'UTC');
  if (slack.mode === 'playground') throw new StartFault('the playground has its owner already, Olivia.');
  const client = new WebClient(
    slack.botToken,
    webClientOptions(slack.apiUrl, null, { way: createNetwork(proxy).fetch }),
  );
  let teamId: string;
  try {
    ({ teamId } = await askWho(client));
  } catch (error) {
    if (error instanceof StartFault) return error.message;
    throw error;
  }
  const people = createPeople({ client, teamId, clock: realClock });
  const found = await lookUpOwner({ people }, ownerId, ownerId);
  if (found.kind === 'unfit') throw new StartFault(found.problem);
  return found.kind === 'unasked' ? found.problem : { memberId: found.memberId, workspace: teamId, isChecked: true };
}

async function appointIn({ journal }: OpenStores, where: string, found: Found): Promise<string[]> {
  const { memberId, isChecked } = found;
  const all = await journal.workspaces();
  const workspace = found.workspace ?? (all.length === 1 ? (all[0] ?? '') : null);
  if (workspace === null) throw new StartFault(`say which of them: --workspace ${all.join(' or --workspace ')}`);
  if (!all.includes(workspace)) {
    throw new StartFault(
      `${nameOf(where)} has no ledger of workspace ${workspace}, but of ${all.join(', ') || 'none'}.`,
    );
  }
  const book = await Book.open({ journal, clock: realClock, workspace });
  const appointed = await appointOwner({ book }, { memberId, how: 'operator' });
  await book.close();
  if (appointed === 'already') return [`${memberId} is an owner already. Nothing was changed.`];
  return [
    `${memberId} is an owner of Inkwell in workspace ${workspace} now. The ledger says that it was done on this machine.`,
    ...(isChecked
      ? []
      : ['Slack was not asked whether they are a full member: if they are not, they will lose the role.']),
    'A running Inkwell knows within a minute, and tells all owners by direct message; else the next start does.',
  ];
}
