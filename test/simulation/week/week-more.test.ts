import { describeWeeks } from './weeks.ts';

describeWeeks(1_000);
