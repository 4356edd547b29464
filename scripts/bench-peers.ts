// Measures how often the peer check finds an inefficient designer in generated teams, and how often it accuses another one:
// `npm run bench:peers -- [--teams 1000] [--seed N]`. With so many fair teams, and a third as many for each habit.
import { parseArgs } from 'node:util';
import { threadsOf } from '../src/reports/like-work.ts';
import { compareWithPeers, KEPT_MIN } from '../src/reports/peers.ts';
import { chance } from './bench/agencies.ts';
import { atLeast, atMost, report, toKnow } from './bench/report.ts';
import { HABITS, type Habit, team } from './bench/teams.ts';

/** The setting was chosen on seeds from 1 to 9. */
const { values } = parseArgs({
  options: { teams: { type: 'string', default: '1000' }, seed: { type: 'string', default: '2026' } },
});
const fairCount = Number(values.teams);
const plantedCount = Math.ceil(fairCount / 3);

const fair = measure(null, 0, fairCount);
report({ name: 'fair teams: any accusation', unit: 'share', ...atMost(fair.accused / fairCount, 0.01) });
report({ name: 'fair teams: the one with the hard client', unit: 'share', ...atMost(fair.trapped / fairCount, 0.01) });
for (const [index, habit] of HABITS.entries()) {
  const { found, accused } = measure(habit, index + 1, plantedCount);
  report({ name: `${habit}: found`, unit: 'share', ...atLeast(found / plantedCount, 0.95) });
  report({ name: `${habit}: another one accused`, unit: 'share', ...atMost(accused / plantedCount, 0.01) });
}
report({ name: 'kept images that both sides need', unit: 'images', ...toKnow(KEPT_MIN) });

function measure(habit: Habit | null, kind: number, teamsCount: number) {
  const counts = { found: 0, accused: 0, trapped: 0 };
  const luck = chance(Number(values.seed) * 1_000 + kind);
  for (let n = 0; n < teamsCount; n += 1) {
    const { records, memberIds, plantedId, trapId } = team(luck, habit);
    const threads = threadsOf(records, (model) => model);
    const told = memberIds.filter((memberId) => compareWithPeers(memberId, threads) !== null);
    if (plantedId !== null && told.includes(plantedId)) counts.found += 1;
    if (told.some((memberId) => memberId !== plantedId)) counts.accused += 1;
    if (told.includes(trapId)) counts.trapped += 1;
  }
  return counts;
}
