import { readdirSync, readFileSync } from 'node:fs';

const SURFACES = 'src/slack/surfaces';
const FAMILIES = 'scripts/surfaces/families';

/** Files of `src/slack/surfaces` that nobody sees by themselves, and where they are seen. Every other file needs samples. */
export const PARTS: Readonly<Record<string, string>> = {
  'asked-card.ts': 'a card of card.ts, for the one who asked',
  'budget-changes.ts': 'what changed lately, in modals/limits.ts',
  'face.ts': 'what surfaces leave out where people from outside read along; has no words but “a member’s”',
  'home-away.ts': 'who decides for whom, in home.ts',
  'home-clients.ts': 'a list of home.ts',
  'home-limits.ts': 'the part of home.ts about limits',
  'home-hints.ts': 'what Home’s buttons carry, which is not seen',
  'home-notice.ts': 'on top of home.ts',
  'home-own.ts': 'the first part of home.ts',
  'home-pages.ts': 'pages of the lists of home.ts',
  'home-start.ts': 'the first steps in home.ts',
  'home-tabs.ts': 'the tabs of home.ts',
  'home-places.ts': 'what is bound to a client, in home.ts',
  'home-projects.ts': 'one client’s projects in home.ts',
  'change-words.ts': 'what a change was, in home-changes.ts and the forms of Home',
  'change-words-approved.ts': 'what an approval changed in words, for change-words.ts',
  'change-words-rules.ts': 'rules and policy in words, for change-words.ts',
  'home-changes.ts': 'the last changes in home.ts',
  'home-people.ts': 'people in home.ts',
  'home-teams.ts': 'teams in home.ts',
  'person-words.ts': 'words of a person’s row',
  'modals/people-fields.ts': 'fields of the forms about people',
  'image-endings.ts': 'sentences of image-message.ts',
  'image-fate.ts': 'tells image-message.ts what has become of an image; has no words',
  'limit-words.ts': 'accounts and limits in words, in the forms about limits and home.ts',
  'message.ts': 'makes blocks and text a message; in every message',
  'note-approvals.ts': 'sentences of note.ts',
  'note-project.ts': 'sentences of note.ts and credits-project.ts',
  'note-offer.ts': 'sentences of note.ts',
  'note-unreachable.ts': 'sentences of note.ts',
  'parts.ts': 'pieces of every surface',
  'parts-balance.ts': 'balances in credits.ts, home.ts and the imagine form',
  'project-words.ts': 'words of a project’s row',
  'refusal-closed.ts': 'sentences of refusal.ts',
  'refusal-nothing.ts': 'what is so already, for refusal.ts',
  'refusal-limit.ts': 'sentences of refusal.ts',
  'refusal-owners.ts': 'what only owners may, for refusal.ts',
  'refusal-request.ts': 'sentences of refusal.ts',
  'refusal-rights.ts': 'sentences of refusal.ts',
  'refusal-rule.ts': 'sentences of refusal.ts',
  'refusal-spending.ts': 'sentences of refusal.ts',
  'refusal-set-up.ts': 'sentences of refusal.ts',
  'request-card.ts': 'a card of card.ts, for those who may approve',
  'request-hint.ts': 'what the buttons of requests carry, which is not seen',
  'request-limits.ts': 'limits with their bars, in the cards and forms of requests',
  'request-end.ts': 'how a request ended, in request-card.ts and asked-card.ts',
  'request-words.ts': 'how a request ended, in sentences of refusal.ts',
  'modals/fields.ts': 'fields of the set-up forms',
  'modals/hints.ts': 'what the set-up forms carry, which is not seen',
  'modals/request-hint.ts': 'what the forms of requests carry, which is not seen',
  'modals/limits-hint.ts': 'what the forms about limits carry, which is not seen',
  'modals/calendar-prices-hint.ts': 'what the forms about calendar and prices carry, which is not seen',
  'setting-words.ts': 'calendar and prices in words, for modals/calendar-prices.ts and change-words-rules.ts',
  'modals/policy-hint.ts': 'what the form about the policy carries, which is not seen',
  'modals/move-fields.ts': 'fields of move.ts and request-move.ts',
  'modals/rule-hint.ts': 'what the form about rules carries, which is not seen',
  'modals/imagine-fields.ts': 'fields of imagine.ts',
  'modals/imagine-project.ts': 'a field of imagine.ts',
  'modals/imagine-hint.ts': 'what the imagine form carries, which is not seen',
};

type Sources = { builders: readonly string[]; families: readonly string[]; parts: Readonly<Record<string, string>> };

/**
 * What no sample shows: a builder that no family imports. An import that is not used does not pass the compiler, so what
 * is imported is drawn.
 */
export function notCovered({ builders, families, parts }: Sources): string[] {
  const drawn = new Set(families.flatMap(buildersIn));
  const forgotten = builders
    .filter((file) => !drawn.has(file) && parts[file] === undefined)
    .map((file) => `${SURFACES}/${file} has no sample in ${FAMILIES}, and is no part of another surface`);
  const gone = Object.keys(parts)
    .filter((file) => !builders.includes(file))
    .map((file) => `${file} is listed as a part, and is not in ${SURFACES}`);
  return [...forgotten, ...gone];
}

/** Types draw nothing. */
const IMPORT = /^import (?!type\b)[^;]*? from '(?:\.\.\/)+src\/slack\/surfaces\/([^']+)';/gm;

const buildersIn = (text: string): string[] => [...text.matchAll(IMPORT)].map(([, file = '']) => file);

/** The files as they are, read from the project's folder. */
export const readSources = (): Sources => ({
  builders: typescriptIn(SURFACES),
  families: typescriptIn(FAMILIES).map((file) => readFileSync(`${FAMILIES}/${file}`, 'utf8')),
  parts: PARTS,
});

const typescriptIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'));
