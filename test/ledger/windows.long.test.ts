import './windows.test.ts';
