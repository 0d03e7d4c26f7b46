import assert from 'node:assert/strict';
import { Book, type SharedFile, type Trouble } from '../../../src/spending/book';
import { ledgerHead, ledgerLine, readLedger } from '../../../src/spending/ledger';
import { settlement } from './arbitraries';
import { MemoryFile } from './sharedFiles';

const [a, b, c] = [settlement({ job: 'a' }), settlement({ job: 'b' }), settlement({ job: 'c' })];

function openBook(file: SharedFile = new MemoryFile()) {
	const troubles: Trouble[] = [];
	return { book: new Book(file, (trouble) => troubles.push(trouble)), troubles };
}

function fileWith(text: string): MemoryFile {
	const file = new MemoryFile();
	file.write(text);
	return file;
}

describe('the book', () => {
	it('holds what was added, in the file and in mind', async () => {
		const file = new MemoryFile();
		const { book, troubles } = openBook(file);
		assert.deepEqual(await book.rows(), []);
		await book.add(a);
		await book.add(b);
		assert.deepEqual(await book.rows(), [a, b]);
		assert.equal(file.text, ledgerHead + ledgerLine(a) + ledgerLine(b));
		assert.deepEqual(troubles, []);
	});

	it('notes a job once, be it in another window', async () => {
		const file = new MemoryFile();
		const { book } = openBook(file);
		await book.add(a);
		await book.add({ ...a, usd: 9 });
		await openBook(file).book.add({ ...a, usd: 9 });
		assert.deepEqual(await book.rows(), [a]);
		assert.deepEqual(readLedger(file.text ?? '').rows, [a]);
	});

	it('knows what another window wrote, and reads only then', async () => {
		const file = new MemoryFile();
		const [one, other] = [openBook(file), openBook(file)];
		await one.book.add(a);
		await other.book.add(b);
		assert.deepEqual(await one.book.rows(), [a, b]);
		const { reads } = file;
		await one.book.add(c);
		assert.deepEqual(await one.book.rows(), [a, b, c]);
		assert.equal(file.reads, reads);
		assert.deepEqual(await other.book.rows(), [a, b, c]);
	});

	it('sets a damaged file aside, takes over what can be read, and says so once', async () => {
		const damaged = `${ledgerHead}${ledgerLine(a)}garbage\n${ledgerLine(b)}`;
		const file = fileWith(damaged);
		const { book, troubles } = openBook(file);
		assert.deepEqual(await book.rows(), [a, b]);
		assert.deepEqual(troubles, [{ kind: 'damaged', lines: 1, path: 'aside 1' }]);
		assert.equal(file.aside.get('aside 1'), damaged);
		await book.add(c);
		assert.deepEqual(readLedger(file.text ?? ''), { rows: [a, b, c], damaged: 0, isNewer: false });
		file.write(`${file.text}more garbage\n`);
		assert.deepEqual(await book.rows(), [a, b, c]);
		assert.deepEqual([troubles.length, file.aside.size], [1, 2]);
	});

	it('does so with one of a later version', async () => {
		const file = fileWith(ledgerHead + ledgerLine(a).replace(/,1\n$/, ',7\n'));
		const { book, troubles } = openBook(file);
		assert.deepEqual(await book.rows(), [a]);
		assert.deepEqual(troubles, [{ kind: 'newer', path: 'aside 1' }]);
	});

	it('does so with one that nobody can read', async () => {
		const file = fileWith(ledgerHead + ledgerLine(a));
		file.refuses.add('read');
		const { book, troubles } = openBook(file);
		await book.add(b);
		assert.deepEqual(await book.rows(), [b]);
		assert.deepEqual(troubles, [{ kind: 'unreadable', path: 'aside 1' }]);
		assert.equal(file.aside.get('aside 1'), ledgerHead + ledgerLine(a));
	});

	it('is content if another window has set it aside already', async () => {
		const file = fileWith('garbage\n');
		file.setAside = async () => {
			file.write(ledgerHead + ledgerLine(a));
			return undefined;
		};
		const { book, troubles } = openBook(file);
		await book.rows();
		assert.deepEqual(await book.rows(), [a]);
		assert.deepEqual(troubles, []);
	});

	it('goes on with what it can read of a file that cannot be set aside', async () => {
		const file = fileWith(`${ledgerHead}${ledgerLine(a)}garbage\n`);
		file.refuses.add('setAside');
		const { book, troubles } = openBook(file);
		await book.add(b);
		assert.deepEqual(await book.rows(), [a, b]);
		assert.deepEqual(
			troubles.map(({ kind }) => kind),
			['not-readable'],
		);
	});

	it('remembers what cannot be written, and writes it as soon as it can', async () => {
		const file = fileWith(ledgerHead + ledgerLine(a));
		const { book, troubles } = openBook(file);
		file.refuses.add('append');
		await book.add(b);
		await book.add(b);
		assert.deepEqual(await book.rows(), [a, b]);
		assert.deepEqual(
			troubles.map(({ kind }) => kind),
			['not-writable'],
		);
		file.refuses.clear();
		await book.add(c);
		assert.deepEqual(readLedger(file.text ?? '').rows, [a, b, c]);
		assert.deepEqual(await book.rows(), [a, b, c]);
		assert.equal(troubles.length, 1);
	});

	it('remembers what it has read of a damaged file when no new one can be written', async () => {
		const file = fileWith(`${ledgerHead}${ledgerLine(a)}garbage\n`);
		file.refuses.add('append');
		const { book, troubles } = openBook(file);
		assert.deepEqual(await book.rows(), [a]);
		assert.deepEqual(await book.rows(), [a]);
		assert.deepEqual(
			troubles.map(({ kind }) => kind),
			['not-writable', 'damaged'],
		);
	});

	it('is kept in mind alone where there is no disk at all', async () => {
		const file = new MemoryFile();
		for (const act of ['stamp', 'read', 'append', 'setAside'] as const) file.refuses.add(act);
		const { book, troubles } = openBook(file);
		await book.add(a);
		await book.add(b);
		assert.deepEqual(await book.rows(), [a, b]);
		assert.deepEqual(
			troubles.map(({ kind }) => kind),
			['not-readable', 'not-writable'],
		);
	});
});
