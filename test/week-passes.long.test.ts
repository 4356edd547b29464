import './week-passes.test.ts';
