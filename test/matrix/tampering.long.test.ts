import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wrongLines } from './authority.ts';
import { type Payload, payloadOf, send } from './forge.ts';
import {
  ACME_CHANNEL,
  ACTOR_NAMES,
  ACTORS,
  type ActorName,
  AGENCY_SECRETS,
  linesSince,
  liveThrough,
  NOVA_SECRETS,
  type Organisation,
  openOrganisation,
  UNBOUND_CHANNEL,
} from './organisation.ts';
import { restorePremise } from './premise.ts';
import { createChance, tampered } from './tampering.ts';

const FORGERIES = 5_000;
const SEED = 20_261_124;

let org: Organisation;
const material: Payload[] = [];

beforeAll(async () => {
  org = await openOrganisation();
  await liveThrough(org);
  for (const delivery of org.slack.deliveries) {
    const payload = payloadOf(delivery);
    if (payload) material.push(payload);
  }
}, 120_000);
afterAll(() => org?.stop());

/** Everything that stands in front of somebody now. */
function screenOf(userId: string): string {
  const { slack } = org;
  const channels = [ACME_CHANNEL, UNBOUND_CHANNEL, slack.directMessage(userId)];
  const messages = channels.flatMap((channelId) => slack.messages(channelId, { as: userId }));
  return JSON.stringify([messages, slack.home(userId), slack.modal(userId)]);
}

const MAY_SEE_NOVA: readonly ActorName[] = ['owner', 'second_owner', 'manager_of_other_client'];
const OWNERS: readonly ActorName[] = ['owner', 'second_owner'];

function leaks(): string[] {
  return ACTOR_NAMES.flatMap((name) => {
    const screen = screenOf(ACTORS[name].id);
    const secrets = [
      ...(MAY_SEE_NOVA.includes(name) ? [] : NOVA_SECRETS.slice(0, 1)),
      ...(OWNERS.includes(name) ? [] : AGENCY_SECRETS),
    ];
    return secrets.filter((secret) => screen.includes(secret)).map((secret) => `${name} sees ${secret}`);
  });
}

describe(`${FORGERIES} forged deliveries, seed ${SEED}`, () => {
  test('do nothing that whoever they are from may not do, crash nothing, and show nobody what is not theirs', async () => {
    const chance = createChance(SEED);
    const premise = org.world.book.now();
    expect(material.length).toBeGreaterThan(200);
    const found = new Set<string>();
    for (let count = 0; count < FORGERIES; count += 1) {
      const { payload } = tampered(chance.one(material), chance);
      await send(org, payload);
      await restorePremise(org, premise);
      if (count % 50 === 0) for (const leak of leaks()) found.add(leak);
    }
    for (const leak of leaks()) found.add(leak);
    expect([...found]).toEqual([]);
    expect(wrongLines(await linesSince(org, 0))).toEqual([]);
    // What is malformed is turned away as such; nothing else goes wrong.
    const bugs = org.errors.filter(({ name }) => /^(TypeError|RangeError|AssertionError|Error)$/.test(String(name)));
    expect(bugs.slice(0, 5)).toEqual([]);
    // The app still answers.
    await org.slack.as(ACTORS.owner.id).command('/credits', '', { channelId: ACME_CHANNEL });
    await org.idle();
    expect(screenOf(ACTORS.owner.id)).toContain('Acme Zebra');
  }, 600_000);
});
