import './approval-authority.test.ts';
