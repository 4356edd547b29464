import './chain.test.ts';
import './chain-damage.test.ts';
