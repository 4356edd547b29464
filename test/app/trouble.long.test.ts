import './trouble.test.ts';
