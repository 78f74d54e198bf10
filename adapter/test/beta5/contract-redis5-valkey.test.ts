// The published contract, over redis 5 and valkey.
import { runContract } from './contract.ts';

runContract('redis 5', 'valkey');
