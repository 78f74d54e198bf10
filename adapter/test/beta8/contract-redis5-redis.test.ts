// The published contract, over redis 5 and redis.
import { runContract } from './contract.ts';

runContract('redis 5', 'redis');
