// `npm run picture`: plays a session of the real program on a pseudo-terminal and draws what stands on the screen at its end, as SVG
// for dark and for light.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless, { type IBufferCell, type Terminal } from '@xterm/headless';
import { flueProject } from './e2e/project.ts';
import { nodeEnvironment } from './e2e/toolchain.ts';
import { BIN } from './program.ts';

const COLUMNS = 112;
const ROWS = 120;
const CELL = { width: 8.4, height: 18, left: 16, top: 58 };
const OUT = fileURLToPath(new URL('../.github/', import.meta.url));
const ARGUMENTS = ['add', 'database', 'redis', '--adapter', 'vendored'];

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

/** Answers each question as it comes, and resolves with the terminal once the program has ended. */
function play(cwd: string, answers: [question: string, keys: string][]): Promise<Terminal> {
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
	const waiting = [...answers];
	let heard = '';
	session.onData((chunk) => {
		screen.write(chunk.replaceAll(cwd, '/home/you/my-agents'));
		heard += chunk;
		const [question, keys] = waiting[0] ?? [];
		if (question === undefined || keys === undefined || !heard.includes(question)) return;
		waiting.shift();
		heard = '';
		setTimeout(() => session.write(keys), 200);
	});
	return new Promise((resolve, reject) => {
		session.onExit(({ exitCode }) => {
			if (exitCode === 0 && waiting.length === 0) screen.write('', () => resolve(screen));
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

function draw(screen: Terminal, theme: Theme): string {
	const rows = screen.buffer.active.baseY + screen.buffer.active.cursorY;
	const width = Math.ceil(COLUMNS * CELL.width + 2 * CELL.left);
	const height = CELL.top + (rows + 2) * CELL.height;
	const lines = Array.from({ length: rows }, (_, row) => {
		const y = CELL.top + (row + 1) * CELL.height;
		return runsOf(screen, row, theme)
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

function writeProject(root: string): void {
	for (const [path, text] of Object.entries({
		...flueProject('my-agents'),
		'.env': 'ANTHROPIC_API_KEY=\n',
	})) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'flue-picture-')));
try {
	const root = join(folder, 'my-agents');
	writeProject(root);
	const screen = await play(root, [
		['Reconnect when the connection drops?', '\r'],
		['Apply this plan?', '\r'],
	]);
	mkdirSync(OUT, { recursive: true });
	for (const name of ['dark', 'light'] as const)
		writeFileSync(join(OUT, `session-${name}.svg`), draw(screen, THEMES[name]));
} finally {
	rmSync(folder, { recursive: true, force: true });
}
