// The published contract, over valkey-glide 2 and valkey.
import { runContract } from './contract.ts';

runContract('valkey-glide 2', 'valkey');
