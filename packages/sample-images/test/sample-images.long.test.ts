import './sample-images.test.ts';
