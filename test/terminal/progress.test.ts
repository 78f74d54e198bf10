import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { showProgress } from '../../src/terminal/progress.ts';

beforeEach(() => {
	vi.useFakeTimers();
	return () => vi.useRealTimers();
});

const opened: { stop(): void }[] = [];
afterEach(() => {
	for (const progress of opened.splice(0)) progress.stop();
});

const CLEAR = '\r\u001b[K';

/** A line that turns on a terminal of some width, and what is seen of it after some time. */
function show(columns?: number) {
	const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), columns ? { columns } : {});
	const progress = showProgress(stream, 'npm install');
	opened.push(progress);
	const drawn = () => String(stream.read() ?? '');
	return {
		...progress,
		drawn,
		after(milliseconds: number): string {
			vi.advanceTimersByTime(milliseconds);
			return drawn().split(CLEAR).at(-1) ?? '';
		},
	};
}

it('turns, and tells the time that has passed', () => {
	const progress = show();
	const frames = [1, 2, 3, 4, 5].map(() => progress.after(120));
	expect(frames.map((line) => line[0])).toEqual(['|', '/', '-', '\\', '|']);
	expect(progress.after(4400)).toContain('npm install (5 s)');
});

it('shows the last line that was printed, without escapes', () => {
	const progress = show();
	progress.output('first\nresolving\u001b[2K \u001b[32mredis\u001b[0m\r\n\n');
	expect(progress.after(120)).toMatch(/ resolving redis$/);
	progress.output('\u001b[?25l\n');
	expect(progress.after(120)).toMatch(/ resolving redis$/);
});

it('shows no token of an address that is printed', () => {
	const progress = show(120);
	progress.output('fetch git+https://canary:x-oauth-basic@host/a.git\n');
	expect(progress.after(120)).toMatch(/ fetch git\+https:\/\/\*\*\*@host\/a\.git$/);
});

it('never writes a second line', () => {
	const progress = show(40);
	progress.output(`${'x'.repeat(500)}\u0007`);
	const line = progress.after(120);
	expect(line).toHaveLength(39);
	expect(line).not.toMatch(/\p{Cc}/u);
});

it('says so when nothing was heard for a while, until something is', () => {
	const progress = show(120);
	expect(progress.after(29_000)).not.toContain('nothing heard');
	expect(progress.after(2000)).toContain('nothing heard for a while');
	progress.output('fetched');
	expect(progress.after(120)).toMatch(/ fetched$/);
});

it('leaves an empty line and no timer', () => {
	const progress = show();
	progress.after(240);
	progress.stop();
	expect(progress.drawn()).toBe(CLEAR);
	expect(vi.getTimerCount()).toBe(0);
	expect(progress.after(10_000)).toBe('');
});
