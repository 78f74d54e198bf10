// Writes a sample through the stores of an adapter, and asks them for it again, noun by noun.
import type { Kept } from './nouns/kept.ts';
import type { Sample } from './sample.ts';
import type { Survival } from './survival.ts';

/** Writes all of a sample; every call is acknowledged before the next one. */
export async function writeSample(nouns: Kept[], sample: Sample): Promise<void> {
	for (const noun of nouns) await noun.write(sample);
}

/** Reads a sample back. `replay`: repeats first what must change nothing when it is repeated. */
export async function readSample(
	nouns: Kept[],
	sample: Sample,
	how: { replay: boolean },
): Promise<Survival> {
	const survival: Survival = [];
	for (const noun of nouns) survival.push(await noun.read(sample, how));
	return survival;
}
