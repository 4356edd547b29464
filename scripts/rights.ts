// Searches for ways round an owner's limits: `npm run rights -- [--depth 2] [--seeds 500] [--steps 40] [--from 1]`.
// Exit 0 only where no sequence of what others may do breaks one.
import { parseArgs } from 'node:util';
import { type Finding, searchAll, searchByChance } from '../test/rights/search.ts';
import { ALL_WORLDS } from '../test/rights/worlds.ts';

const { values } = parseArgs({
  options: {
    depth: { type: 'string', default: '2' },
    seeds: { type: 'string', default: '500' },
    steps: { type: 'string', default: '40' },
    from: { type: 'string', default: '1' },
  },
});
const startedAt = performance.now();
const findings: Finding[] = [];
const seconds = () => ((performance.now() - startedAt) / 1_000).toFixed(0);

for (const world of ALL_WORLDS) {
  const { statesCount, actsCount, findings: found } = searchAll(world, { depth: Number(values.depth) });
  findings.push(...found);
  console.log(
    `${world.name}, depth ${values.depth}: ${statesCount} states, ${actsCount} acts, ${found.length} findings, ${seconds()} s`,
  );
}
for (let seed = Number(values.from); seed < Number(values.from) + Number(values.seeds); seed += 1) {
  const world = ALL_WORLDS[seed % ALL_WORLDS.length];
  if (world) findings.push(...searchByChance(world, { seed, steps: Number(values.steps) }).findings);
}
for (const { world, acts, broken } of findings) {
  console.log(`!!! ${world}: ${broken.join('; ')}\n${acts.map((act) => `      ${act}`).join('\n')}`);
}
console.log(`${values.seeds} seeds of ${values.steps} steps, ${findings.length} findings, ${seconds()} s`);
process.exitCode = findings.length === 0 ? 0 : 1;
