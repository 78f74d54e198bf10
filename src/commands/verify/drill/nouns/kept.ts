// One noun of a drill: how it is written, and how it is read back. Types only.
import type { Sample } from '../sample.ts';
import type { Finding } from '../survival.ts';

export interface Kept {
	/** Every call is acknowledged before the next one. */
	write(sample: Sample): Promise<void>;
	/** `replay`: first repeats, of what is there, a write that must change nothing when it is repeated. */
	read(sample: Sample, how: { replay: boolean }): Promise<Finding>;
}
