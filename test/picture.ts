// `npm run picture`: plays a session of the real program on a pseudo-terminal and draws what stands on the screen when the plan is to be
// confirmed, as SVG for dark and for light.
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	realpathSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless, { type IBufferCell, type Terminal } from '@xterm/headless';
import { nodeEnvironment } from './e2e/toolchain.ts';
import { BIN } from './program.ts';

const COLUMNS = 88;
const ROWS = 120;
/** The height of the picture: a longer screen is left out in its middle, where the diff is. */
const SHOWN = 30;
/** The rows from the end of the diff on. */
const TAIL = 5;
const CELL = { width: 8.4, height: 18, left: 16, top: 58 };
const OUT = fileURLToPath(new URL('../.github/', import.meta.url));
const ARGUMENTS = ['add', 'database', 'redis', '--adapter', 'vendored', '--reconnect'];

interface Theme {
	background: string;
	bar: string;
	text: string;
	dim: string;
	/** The eight colours of a terminal, black to white. */
	palette: string[];
}

const THEMES: Record<'dark' | 'light', Theme> = {
	dark: {
		background: '#0d1117',
		bar: '#161b22',
		text: '#e6edf3',
		dim: '#7d8590',
		palette: '#484f58 #ff7b72 #3fb950 #d29922 #58a6ff #bc8cff #39c5cf #b1bac4'.split(' '),
	},
	light: {
		background: '#ffffff',
		bar: '#f6f8fa',
		text: '#1f2328',
		dim: '#656d76',
		palette: '#24292f #cf222e #116329 #7d4e00 #0969da #8250df #1b7c83 #6e7781'.split(' '),
	},
};

/** Resolves with the terminal once the question is there; then the program is told to end. */
function play(cwd: string, question: string): Promise<Terminal> {
	const screen = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
	const { CI: _, ...env } = nodeEnvironment({ TERM: 'xterm-256color' });
	// As a package manager links it: the program then prints what is pasted in a project that has it.
	const link = join(cwd, 'node_modules/.bin/flue-blueprints');
	mkdirSync(dirname(link), { recursive: true });
	symlinkSync(BIN, link);
	const session = spawn(process.execPath, [link, ...ARGUMENTS], {
		cwd,
		cols: COLUMNS,
		rows: ROWS,
		env,
	});
	let heard = '';
	let seen: Terminal | null = null;
	const look = (): void => {
		seen = screen;
		session.kill();
	};
	session.onData((chunk) => {
		if (seen) return;
		screen.write(chunk.replaceAll(cwd, '/home/you/my-agents'));
		const isNew = !heard.includes(question);
		heard += chunk;
		if (isNew && heard.includes(question)) setTimeout(look, 500);
	});
	return new Promise((resolve, reject) => {
		session.onExit(({ exitCode }) => {
			const end = seen;
			if (end) screen.write('', () => resolve(end));
			else reject(new Error(`The session ended with ${exitCode}: ${heard}`));
		});
	});
}

interface Run {
	column: number;
	text: string;
	style: string;
}

function styleOf(cell: IBufferCell, theme: Theme): string {
	const color = cell.isFgDefault()
		? theme.text
		: (theme.palette[cell.getFgColor() % 8] ?? theme.text);
	const fill = cell.isDim() ? theme.dim : color;
	return `fill="${fill}"${cell.isBold() ? ' font-weight="bold"' : ''}`;
}

/** The cells of one line, those of one style together; blanks at the end are left out. */
function runsOf(screen: Terminal, row: number, theme: Theme): Run[] {
	const line = screen.buffer.active.getLine(row);
	const length = line?.translateToString(true).length ?? 0;
	const runs: Run[] = [];
	for (let column = 0; column < length; column++) {
		const cell = line?.getCell(column);
		if (!cell || cell.getWidth() === 0) continue;
		const style = styleOf(cell, theme);
		const last = runs.at(-1);
		const text = cell.getChars() || ' ';
		if (last?.style === style) last.text += text;
		else runs.push({ column, text, style });
	}
	return runs;
}

function escapeText(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** The rows to draw by their numbers; null for those that are left out. */
function rowsOf({ buffer: { active } }: Terminal): (number | null)[] {
	const all = Array.from({ length: active.length }, (_, row) => row);
	const end = all.findLast((row) => active.getLine(row)?.translateToString(true).trim()) ?? 0;
	const rows = all.slice(0, end + 1);
	return rows.length <= SHOWN
		? rows
		: [...rows.slice(0, SHOWN - TAIL - 1), null, ...rows.slice(-TAIL)];
}

function draw(screen: Terminal, theme: Theme): string {
	const rows = rowsOf(screen);
	const width = Math.ceil(COLUMNS * CELL.width + 2 * CELL.left);
	const height = CELL.top + (rows.length + 1) * CELL.height;
	const lines = rows.map((row, index) => {
		const y = CELL.top + (index + 1) * CELL.height;
		const left = { column: 0, text: '│  ⋮', style: `fill="${theme.dim}"` };
		return (row === null ? [left] : runsOf(screen, row, theme))
			.filter(({ text }) => text.trim() !== '')
			.map(({ column, text, style }) => {
				const x = (CELL.left + column * CELL.width).toFixed(1);
				const length = (text.length * CELL.width).toFixed(1);
				return `<text x="${x}" y="${y}" textLength="${length}" xml:space="preserve" ${style}>${escapeText(text)}</text>`;
			})
			.join('');
	});
	const buttons = [0, 1, 2]
		.map(
			(index) =>
				`<circle cx="${20 + index * 18}" cy="16" r="5" fill="${theme.dim}" opacity="0.5"/>`,
		)
		.join('');
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" role="img" aria-label="A session of flue add database redis">`,
		`<rect width="100%" height="100%" rx="8" fill="${theme.background}" stroke="${theme.dim}" stroke-opacity="0.4"/>`,
		`<rect width="100%" height="32" rx="8" fill="${theme.bar}"/>${buttons}`,
		`<text x="${CELL.left}" y="${CELL.top}" fill="${theme.text}" font-weight="bold">$ npx flue-blueprints ${ARGUMENTS.join(' ')}</text>`,
		...lines.filter((line) => line !== ''),
		'</svg>\n',
	].join('\n');
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'flue-picture-')));
try {
	const root = join(folder, 'my-agents');
	cpSync('fixtures/projects/init-node/before', root, { recursive: true });
	renameSync(join(root, '_gitignore'), join(root, '.gitignore'));
	const screen = await play(root, 'Apply this plan?');
	mkdirSync(OUT, { recursive: true });
	for (const name of ['dark', 'light'] as const)
		writeFileSync(join(OUT, `session-${name}.svg`), draw(screen, THEMES[name]));
} finally {
	rmSync(folder, { recursive: true, force: true });
}
