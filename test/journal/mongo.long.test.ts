import './mongo.test.ts';
