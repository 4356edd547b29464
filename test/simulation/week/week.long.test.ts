import './week.test.ts';
