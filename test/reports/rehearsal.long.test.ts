import './rehearsal.test.ts';
