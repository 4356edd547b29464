import './demo-past.test.ts';
