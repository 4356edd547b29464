import type { KnownBlock, Overflow } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { ACTIONS } from '../ids.ts';
import { mention, number } from '../text.ts';
import { budgets } from './home-clients.ts';
import { type Pages, writeHint } from './home-hints.ts';
import { pageOf } from './home-pages.ts';
import { actions, button, plain, section, title } from './parts.ts';

type Member = SetupView['members'][number];

/** Everybody Inkwell has met, with role and limits. */
export function membersBlocks(setup: SetupView, pages: Pages): KnownBlock[] {
  const { members, maySetLimits, maySetRoles } = setup;
  const { rows, pager } = pageOf(members, 'members', pages);
  const value = writeHint(pages);
  const buttons = [
    ...(maySetLimits ? [button('Set a member’s limit', { action: ACTIONS.homeMemberLimit, value })] : []),
    ...(maySetRoles ? [button('Set a role', { action: ACTIONS.homeRole, value })] : []),
  ];
  return [
    title(`Members · ${number(members.length)}`),
    ...rows.map((member) => memberRow(member, setup, pages)),
    ...pager,
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ];
}

export type MemberChoice = 'limit' | 'role';

function memberRow(member: Member, { maySetLimits, maySetRoles }: SetupView, pages: Pages): KnownBlock {
  const { memberId, role } = member;
  const option = (words: string, choice: MemberChoice) => ({
    text: plain(words),
    value: writeHint(pages, choice, memberId),
  });
  const options = [
    ...(maySetLimits ? [option('Limits', 'limit')] : []),
    ...(maySetRoles ? [option('Role', 'role')] : []),
  ];
  const menu: Overflow = { type: 'overflow', action_id: ACTIONS.homeMember, options };
  const words = `${mention(memberId)} · ${role} · ${budgets(member)}`;
  return { ...section(words, options.length > 0 ? menu : undefined), block_id: `member.${memberId}` };
}
