import './week-more.test.ts';
