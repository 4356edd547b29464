import './sqlite.test.ts';
