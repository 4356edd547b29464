import './indexes.test.ts';
