import './no-room.test.ts';
