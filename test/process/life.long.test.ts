import './life.test.ts';
