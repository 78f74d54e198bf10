// The published contract, over redis 6 and redis.
import { runContract } from './contract.ts';

runContract('redis 6', 'redis');
