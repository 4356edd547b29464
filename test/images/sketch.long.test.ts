import './sketch.test.ts';
