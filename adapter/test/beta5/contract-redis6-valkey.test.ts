// The published contract, over redis 6 and valkey.
import { runContract } from './contract.ts';

runContract('redis 6', 'valkey');
