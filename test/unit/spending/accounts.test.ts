import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Accounts, type Reservation } from '../../../src/spending/accounts';
import { Book } from '../../../src/spending/book';
import type { Limits } from '../../../src/spending/budget';
import { microsOf, sumOfUsd } from '../../../src/spending/money';
import { Rows } from '../../../src/spending/rows';
import { anyUsd, settlement } from './arbitraries';
import { MemoryDisk, MemoryFile } from './sharedFiles';

const since = { today: '2026-11-22T00:00:00.000Z', month: '2026-11-01T00:00:00.000Z' };
const at = '2026-11-22T10:00:00.000Z';

interface Kept {
	readonly limits?: Limits;
	readonly elsewhere?: readonly Reservation[];
	readonly file?: MemoryFile;
}

function accountsOf({ limits = {}, elsewhere = [], file = new MemoryFile() }: Kept = {}): Accounts {
	const book = new Book(file, () => assert.fail('There is no trouble.'));
	return new Accounts({ book, limits: () => limits, since: () => since, elsewhere: async () => elsewhere });
}

/** Whether a job may run. */
async function may(accounts: Accounts, id: string, usd?: number): Promise<boolean> {
	const problem = await accounts.reserve({ id, ...(usd !== undefined && { usd }) });
	assert.ok(problem === undefined || (problem.code === 'over-budget' && problem.charged === 'no'));
	return problem === undefined;
}

describe('the accounts', () => {
	it('let as many of twenty jobs run at once as fit', async () => {
		const accounts = accountsOf({ limits: { daily: 1 } });
		const all = await Promise.all(Array.from({ length: 20 }, async (_, job) => may(accounts, String(job), 0.3)));
		assert.equal(all.filter(Boolean).length, 3);
		assert.equal(await accounts.reserved(), 0.9);
	});

	it('hold a budget against all windows', async () => {
		const file = new MemoryFile();
		const limits = { monthly: 1 };
		const elsewhere = [
			{ id: 'theirs', usd: 0.2, at },
			{ id: 'last month', usd: 9, at: '2026-10-31T10:00:00.000Z' },
			{ id: 'unknown', at },
		];
		await accountsOf({ file: new MemoryFile(file.disk) }).settle(
			settlement({ job: 'spent there', usd: 0.4, openUsd: 0.1 }),
		);
		const accounts = accountsOf({ limits, file, elsewhere });
		assert.equal(await may(accounts, 'here', 0.31), false);
		assert.equal(await may(accounts, 'here', 0.3), true);
		assert.equal(await accounts.reserved(), 9.5);
	});

	it('count what is set aside until it is settled or released, and then what it was', async () => {
		const accounts = accountsOf({ limits: { daily: 1 } });
		assert.ok(await may(accounts, 'a', 1));
		assert.ok(!(await may(accounts, 'b', 1)));
		accounts.release('a');
		assert.ok(await may(accounts, 'b', 1));
		await accounts.settle(settlement({ job: 'b', usd: 0.25 }));
		assert.ok(await may(accounts, 'c', 0.75));
		assert.ok(!(await may(accounts, 'd', 0.01)));
		// The same job asks again: it is not counted twice.
		assert.ok(await may(accounts, 'c', 0.7));
		assert.equal(await accounts.reserved(), 0.7);
	});

	it('count a job once that is settled and still open elsewhere, or settled twice', async () => {
		const file = new MemoryFile();
		const open = [{ id: 'kept', usd: 0.5, at }];
		const accounts = accountsOf({ limits: { daily: 1 }, file, elsewhere: open });
		await accounts.settle(settlement({ job: 'kept', usd: 0.5 }));
		await accounts.settle(settlement({ job: 'kept', usd: 0.7 }));
		assert.equal(await accounts.reserved(), 0);
		assert.ok(await may(accounts, 'b', 0.5));
	});

	it('do not count their own job against itself, though it is in the journal', async () => {
		const accounts = accountsOf({ limits: { daily: 1 }, elsewhere: [{ id: 'a', usd: 1, at }] });
		assert.ok(await may(accounts, 'a', 1));
		assert.ok(!(await may(accounts, 'b', 0.5)));
	});

	it('count a job that was taken over from another window until it is settled', async () => {
		const accounts = accountsOf({ limits: { daily: 1 }, elsewhere: [{ id: 'recovered', usd: 0.8, at }] });
		assert.ok(!(await may(accounts, 'a', 0.5)));
		await accounts.settle(settlement({ job: 'recovered', usd: 0.3 }));
		assert.ok(await may(accounts, 'a', 0.5));
		assert.ok(!(await may(accounts, 'b', 0.5)));
	});

	it('let what nobody knows the price of run until a budget is used up', async () => {
		const accounts = accountsOf({ limits: { daily: 1 } });
		assert.ok(await may(accounts, 'a'));
		await accounts.settle(settlement({ job: 'a', usd: 1.5 }));
		assert.ok(!(await may(accounts, 'b')));
	});

	it('note nothing of what came to nothing, but what was made for nothing', async () => {
		const file = new MemoryFile();
		const accounts = accountsOf({ limits: { daily: 1 }, file });
		assert.ok(await may(accounts, 'a', 1));
		await accounts.settle(settlement({ job: 'a', pictures: 0, usd: 0 }));
		assert.equal(file.text, undefined);
		assert.equal(await accounts.reserved(), 0);
		await accounts.settle(settlement({ job: 'b', usd: 0 }));
		await accounts.settle(settlement({ job: 'c', pictures: 0, usd: 0, openUsd: 0.1 }));
		const { sums, spent, rows } = await accounts.standing();
		assert.deepEqual(sums, { today: 0, month: 0, total: 0 });
		assert.deepEqual([spent, rows.length], [{ today: 0.1, month: 0.1 }, 2]);
	});

	it('go on after a turn that failed', async () => {
		let fails = true;
		const accounts = new Accounts({
			book: {
				rows: async () => new Rows(),
				add: async () => (fails ? Promise.reject(new Error('a fault')) : undefined),
			},
			limits: () => ({}),
			since: () => since,
			elsewhere: async () => [],
		});
		await assert.rejects(accounts.settle(settlement()), /a fault/);
		fails = false;
		await accounts.settle(settlement());
		assert.equal(await accounts.reserved(), 0);
	});

	it('never pass a budget, in whatever order jobs of two windows begin and end', async () => {
		const anyJob = fc.record({
			window: fc.nat(1),
			usd: anyUsd,
			ending: fc.constantFrom('settle', 'part', 'release', 'run'),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(anyJob, { maxLength: 12 }), anyUsd, fc.scheduler(), async (jobs, daily, scheduler) => {
				const disk = new MemoryDisk();
				const heads: (Reservation & { readonly window: number })[] = [];
				const [first, second] = [0, 1].map((window) => windowOf(window, { daily }, disk, heads));
				assert.ok(first && second);
				const running = new Map<string, number>();
				const spent: number[] = [];
				const work = async ({ window, usd, ending }: (typeof jobs)[number], index: number) => {
					const accounts = window === 0 ? first : second;
					const id = String(index);
					await scheduler.schedule(Promise.resolve(), `begin ${id}`);
					heads.push({ id, usd, at, window });
					const broke = await accounts.reserve({ id, usd });
					if (broke || ending === 'run') {
						if (!broke) running.set(id, usd);
						else
							heads.splice(
								heads.findIndex((head) => head.id === id),
								1,
							);
						return;
					}
					running.set(id, usd);
					await scheduler.schedule(Promise.resolve(), `end ${id}`);
					const cost = ending === 'settle' ? usd : usd / 2;
					if (ending === 'release') accounts.release(id);
					else await accounts.settle(settlement({ job: id, usd: cost }));
					heads.splice(
						heads.findIndex((head) => head.id === id),
						1,
					);
					running.delete(id);
					if (ending !== 'release') spent.push(cost);
				};
				await scheduler.waitFor(Promise.all(jobs.map(work)));
				const most = microsOf(daily) + spent.length;
				assert.ok(microsOf(sumOfUsd([...spent, ...running.values()])) <= most);
			}),
		);
	});
});

/** The accounts of one of several windows. */
function windowOf(
	window: number,
	limits: Limits,
	disk: MemoryDisk,
	heads: readonly (Reservation & { readonly window: number })[],
): Accounts {
	const book = new Book(new MemoryFile(disk), () => assert.fail('There is no trouble.'));
	const elsewhere = async () => heads.filter((head) => head.window !== window);
	return new Accounts({ book, limits: () => limits, since: () => since, elsewhere });
}
