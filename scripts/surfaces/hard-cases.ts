import { DEMO_WORKSPACE } from '@inkwell/local-slack';
import type { Seed } from '@inkwell/local-slack/seed.ts';

/** Who and what the samples are about, the hard ones among them. */
export const OLIVIA = 'U0OLIVIA';
export const MARCUS = 'U0MARCUS';
export const ANA = 'U0ANA';
export const GINA = 'U0GINA';

export const HUGE = 999_999_999;
export const CROWD = 100;
export const LONG_NAME = 'Bergamot, Hollingsworth & Partners International Confectionery Group Holding Ltd';
export const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
export const RTL_NAME = 'مقهى الشمال للقهوة المختصة';
export const RTL_PROMPT = 'ثعلب أحمر عند الغسق، ضوء منخفض بين أشجار البتولا، "film grain" 35mm';
export const LONG_PROMPT =
  'A quiet harbour at first light, three fishing boats, gulls asleep on the mole, the water like slate, ' +
  'a single lamp still burning over the customs house, seen from the roof of the cannery, film grain, no people. ';
export const MARKUP = '<!channel> *bold* _it_ <https://evil.example|safe> :lock: `x` & 🦊';

const nth = <Made>(make: (index: number) => Made): Made[] => Array.from({ length: CROWD }, (_, index) => make(index));

export const CROWD_IDS = nth((index) => `U1${String(index).padStart(3, '0')}`);
export const ROOM_IDS = nth((index) => `C1${String(index).padStart(3, '0')}`);

const FIRST = ['Amara', 'Björn', 'Chloé', 'Dmitri', 'Esi', 'Farid', 'Grażyna', 'Hiroko', 'Ines', 'Jowan'];
const LAST = ['Abernathy', 'Bianchi', 'Castellanos-Whitmore', 'Dhar', 'Eriksen', 'Faulkner', 'Gu', 'Hayashi', 'Ito'];

/** The playground's agency, with a hundred people and as many channels more. */
export const LARGE_AGENCY: Seed = {
  ...DEMO_WORKSPACE,
  people: [...DEMO_WORKSPACE.people, ...CROWD_IDS.map(somebody)],
  channels: [...DEMO_WORKSPACE.channels, ...ROOM_IDS.map(someRoom)],
};

function somebody(userId: string, index: number): Seed['people'][number] {
  const realName =
    index === 1 ? LONG_NAME : index === 2 ? RTL_NAME : `${FIRST[index % FIRST.length]} ${LAST[index % LAST.length]}`;
  return {
    userId,
    teamId: DEMO_WORKSPACE.workspace.teamId,
    handle: `person${index}`,
    realName,
    displayName: realName,
    title: 'Designer',
    timeZone: 'Europe/London',
    kind: 'member',
    deactivated: false,
  };
}

function someRoom(channelId: string, index: number): Seed['channels'][number] {
  return {
    channelId,
    name:
      index === 1
        ? 'a-channel-whose-name-is-as-long-as-slack-lets-a-name-of-a-channel-be-eighty-chars'
        : `client-${index}`,
    kind: 'public',
    topic: '',
    isShared: false,
    isArchived: false,
    memberIds: [OLIVIA, MARCUS, ANA, DEMO_WORKSPACE.workspace.bot.userId],
  };
}
