import type { Change } from '../kinds/kind.ts';
import type { EntryOf } from '../lines.ts';
import { DEFAULT_POLICY } from '../policy.ts';
import type { State } from '../state.ts';
import { withCalendar } from '../usage/change-calendar.ts';
import { addMember } from './people.ts';

export function openWorkspace(state: State, line: EntryOf<'workspace_opened'>): Change {
  const { timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole } = line;
  const { ownerId: memberId, by, at } = line;
  return {
    settings: {
      ...{ timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints, defaultRole },
      ...DEFAULT_POLICY,
      peerCheckOn: null,
    },
    ...addMember(state, { memberId, role: 'owner', by, at }),
  };
}

export function setPolicy({ settings }: State, { policy, by, at }: EntryOf<'policy_set'>): Change {
  if (!settings) throw new Error('a policy before the workspace was opened');
  const { name, value } = policy;
  if (name === 'timeZone' || name === 'weekStartsOn') {
    return { settings: withCalendar(settings, { [name]: value }, at) };
  }
  const peerCheckOn = name === 'peerCheck' ? (value ? { by, at } : null) : settings.peerCheckOn;
  return { settings: { ...settings, [name]: value, peerCheckOn } };
}
