import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { commands, window } from 'vscode';
import * as z from 'zod';
import { readLedger } from '../../src/spending/ledger';
import { sumOfUsd } from '../../src/spending/money';
import { startOpenAI } from '../servers/openai';
import { startLumenfall } from '../servers/lumenfall';
import { generate, parseResult, type Result } from './contract';
import { confirmAbove } from './person';
import { standIns } from './standIn';
import { until } from './until';
import { closeEditors, openNew } from './workspace';

const sumsSchema = z.strictObject({ today: z.number(), month: z.number(), total: z.number() });

type Sums = z.infer<typeof sumsSchema>;

async function show(): Promise<Sums> {
	return sumsSchema.parse(await commands.executeCommand('limn.showSpending'));
}

/** The lines of the sheet that was shown. */
function sheet(): string[] {
	const document = window.activeTextEditor?.document;
	assert.equal(document?.uri.scheme, 'limn-sheet');
	return document.getText().split('\n');
}

/** Where the ledger lies, as the sheet says. */
async function ledgerFile(): Promise<string> {
	await show();
	return sheet().at(-1) ?? '';
}

/** What was spent and what may have been, in the whole of the ledger: all of it today, for this editor was started for the tests. */
async function counted(): Promise<number> {
	const { rows } = readLedger(await readFile(await ledgerFile(), 'utf8').catch(() => ''));
	return sumOfUsd(rows.map(({ usd, openUsd }) => usd + openUsd));
}

/** A picture that costs what the price list says. */
const order = {
	model: 'lumenfall/gpt-image-2',
	size: '256x256',
	options: { quality: 'medium' },
	prompt: 'a lighthouse',
	folder: 'spending',
};
const price = 0.053;

const codes = ({ failures }: Result) => failures.map(({ code, charged }) => `${code} ${charged}`);

describe('money in folders', () => {
	const { set, standIn } = standIns(['openai', 'lumenfall']);

	afterEach(closeEditors);

	it('is not spent above confirmAbove where nobody can be asked: not a byte goes out', async () => {
		const openai = await standIn('openai', startOpenAI());
		const { text } = await openNew('dear.md', '<!-- limn: a fox | model=openai/gpt-image-2 -->\n').then((document) => ({
			text: document.getText(),
		}));
		await confirmAbove(0.001);
		try {
			const before = await show();
			const result = await generate({ model: 'openai/gpt-image-2', prompt: 'a dear fox', n: 2, folder: 'spending' });
			assert.deepEqual([result.images, codes(result)], [[], ['over-budget no', 'over-budget no']]);
			assert.match(result.failures[0]?.message ?? '', /limn\.budget\.confirmAbove/);
			await commands.executeCommand('workbench.action.closeActiveEditor');
			const uri = (await openNew('dear.md', text)).uri;
			const built = parseResult(await commands.executeCommand('limn.buildImages', { uri, silent: true }));
			assert.deepEqual(codes(built), ['over-budget no']);
			assert.equal(openai.requests.length, 0);
			assert.deepEqual(await show(), before);
		} finally {
			await confirmAbove(null);
		}
	});

	it('is spent up to the budget and no further, however many jobs ask at once', async () => {
		const lumenfall = await standIn('lumenfall', startLumenfall());
		const before = await show();
		await set('budget.daily', sumOfUsd([await counted(), 3.5 * price]));
		const orders = Array.from({ length: 20 }, async () => generate(order));
		const results = await Promise.all(orders);
		const made = results.filter(({ images }) => images.length === 1);
		assert.equal(made.length, 3);
		for (const { cost } of made) assert.deepEqual(cost, { usd: price, estimated: false });
		const refused = results.filter(({ images }) => images.length === 0);
		for (const result of refused) assert.deepEqual(codes(result), ['over-budget no']);
		assert.match(
			refused[0]?.failures[0]?.message ?? '',
			/of today’s budget of \$\d+\.\d+ is left\. Raise it in the settings/,
		);
		assert.equal(lumenfall.charges, 3);
		const after = await show();
		for (const span of ['today', 'month', 'total'] as const)
			assert.equal(after[span], sumOfUsd([before[span], 3 * price]), span);
	});

	it('is listed by day, month, model and document, with the budgets', async () => {
		await standIn('lumenfall', startLumenfall());
		const { uri } = await openNew('spent.md', 'A fox.\n');
		await set('budget.monthly', 1000);
		const { images } = await generate({ ...order, insert: { uri: uri.toString(), line: 1, character: 0 } });
		assert.equal(images.length, 1);
		const { month } = await show();
		const rows = [
			/^By day$/,
			/^By month$/,
			/^ {2}lumenfall\/gpt-image-2 +(\d+ pictures|1 picture) +(about )?\$0\.\d+/,
			/^ {2}.*spent\.md +1 picture +\$0\.053$/,
			/^Budget: \$\d+\.\d+ of \$1000\.00 this month$/,
		];
		// A sheet that was shown before is filled again a little later.
		await until(() => rows.every((row) => sheet().some((line) => row.test(line))));
		assert.ok(month >= price);
	});

	it('is in a table that anybody can read, with a row for each job', async () => {
		const lumenfall = await standIn('lumenfall', startLumenfall());
		const file = await ledgerFile();
		const before = await readFile(file, 'utf8');
		if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
		const { images } = await generate({ ...order, n: 2 });
		const news = (await readFile(file, 'utf8')).slice(before.length);
		assert.deepEqual([images.length, lumenfall.charges], [2, 1]);
		assert.match(
			news,
			/^\d{4}-\d\d-\d\dT[\d:.]+Z,[\da-f-]{36},lumenfall,lumenfall\/gpt-image-2,generate,2,0\.106,false,0,,1\n$/,
		);
		assert.match(before, /^time,job,provider,model,operation,pictures,usd,estimated,open_usd,document,version\n/);
	});

	it('is not forgotten when the table is damaged: it is set aside, and what can be read is taken over', async () => {
		const file = await ledgerFile();
		const before = await show();
		const old = await readFile(file, 'utf8');
		await appendFile(file, 'no row at all\n');
		assert.deepEqual(await show(), before);
		const folder = path.dirname(file);
		const [aside = '', ...others] = (await readdir(folder)).filter((name) => /^ledger-.*-unreadable\.csv$/.test(name));
		assert.deepEqual(others, []);
		assert.equal(await readFile(path.join(folder, aside), 'utf8'), `${old}no row at all\n`);
		assert.equal(await readFile(file, 'utf8'), old);
		await rm(path.join(folder, aside));
	});
});
