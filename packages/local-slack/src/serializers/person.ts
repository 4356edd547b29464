import { avatarPicture } from '../view.ts';
import type { Json, Person } from '../workspace.ts';

const AVATAR_SIZES = [24, 32, 48, 72, 192, 512] as const;

/** A user object as `users.info` answers it. `origin` is where this local Slack serves its pictures. */
export function personOnWire(person: Person, { now, origin }: { now: number; origin: string }): Json {
  return {
    id: person.userId,
    team_id: person.teamId,
    name: person.handle,
    deleted: person.deactivated,
    color: colourOf(person.userId),
    real_name: person.realName,
    ...(person.deactivated ? {} : { ...timeZone(person, now), ...standing(person) }),
    profile: profile(person, origin),
    is_bot: person.kind === 'bot',
    is_app_user: false,
    updated: Math.floor(person.updatedAt / 1000),
    ...(person.kind === 'outsider' ? { is_stranger: true } : {}),
  };
}

/** Slack leaves these out for deactivated people: code that reads `is_owner` alone would go on trusting the last answer. */
function standing({ kind }: Person): Json {
  return {
    is_admin: kind === 'owner' || kind === 'admin',
    is_owner: kind === 'owner',
    is_primary_owner: kind === 'owner',
    is_restricted: kind === 'guest' || kind === 'single_channel_guest',
    is_ultra_restricted: kind === 'single_channel_guest',
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
}

function timeZone({ timeZone: zone }: Person, now: number): Json {
  const named = (timeZoneName: 'long' | 'longOffset') =>
    new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName })
      .formatToParts(now)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return { tz: zone, tz_label: named('long'), tz_offset: secondsOf(named('longOffset')) };
}

/** `GMT-05:00` → -18000. */
function secondsOf(offset: string): number {
  const match = /([+-])(\d\d):(\d\d)/.exec(offset);
  if (!match) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

function profile(person: Person, origin: string): Json {
  const [first = '', ...rest] = person.realName.split(' ');
  const picture = origin + avatarPicture(person.userId);
  return {
    title: person.title,
    phone: '',
    skype: '',
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: person.displayName,
    display_name_normalized: person.displayName,
    first_name: first,
    last_name: rest.join(' '),
    status_text: '',
    status_emoji: '',
    status_expiration: 0,
    avatar_hash: `g${person.userId.toLowerCase()}`,
    ...Object.fromEntries(AVATAR_SIZES.map((size) => [`image_${size}`, picture])),
    team: person.teamId,
  };
}

/** The same person always gets the same colour, as in Slack. */
export function colourOf(userId: string): string {
  const colours = ['4bbe2e', 'e7392d', '9f69e7', '3c989f', 'e96699', '674b1b', '2b6836', 'd58247', '5a4592', '235e5b'];
  const sum = [...userId].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return colours[sum % colours.length] ?? '9f69e7';
}
