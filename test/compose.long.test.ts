import './compose.test.ts';
