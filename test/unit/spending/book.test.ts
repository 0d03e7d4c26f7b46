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

async function rowsOf(book: Book) {
	return (await book.rows()).all();
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
		assert.deepEqual(await rowsOf(book), []);
		await book.add(a);
		await book.add(b);
		assert.deepEqual(await rowsOf(book), [a, b]);
		assert.equal(file.text, ledgerHead + ledgerLine(a) + ledgerLine(b));
		assert.deepEqual(troubles, []);
	});

	it('notes a job once, be it in another window', async () => {
		const file = new MemoryFile();
		const { book } = openBook(file);
		await book.add(a);
		await book.add({ ...a, usd: 9 });
		await openBook(new MemoryFile(file.disk)).book.add({ ...a, usd: 9 });
		assert.deepEqual(await rowsOf(book), [a]);
		assert.deepEqual(readLedger(file.text ?? '').rows, [a]);
	});

	it('knows what another window wrote, and reads each line once', async () => {
		const file = new MemoryFile();
		const [one, other] = [openBook(file), openBook(new MemoryFile(file.disk))];
		await one.book.add(a);
		await other.book.add(b);
		assert.deepEqual(await rowsOf(one.book), [a, b]);
		await one.book.add(c);
		assert.deepEqual(await rowsOf(one.book), [a, b, c]);
		assert.deepEqual(
			file.read.filter((line) => line !== ''),
			[ledgerHead, ledgerLine(a), ledgerLine(b), ledgerLine(c)],
		);
		assert.deepEqual(await rowsOf(other.book), [a, b, c]);
	});

	it('sets a damaged file aside, takes over what can be read, and says so once', async () => {
		const damaged = `${ledgerHead}${ledgerLine(a)}garbage\n${ledgerLine(b)}`;
		const file = fileWith(damaged);
		const { book, troubles } = openBook(file);
		assert.deepEqual(await rowsOf(book), [a, b]);
		assert.deepEqual(troubles, [{ kind: 'damaged', lines: 1, path: 'aside 1' }]);
		assert.equal(file.disk.aside.get('aside 1'), damaged);
		await book.add(c);
		assert.deepEqual(readLedger(file.text ?? ''), { rows: [a, b, c], damaged: 0, isNewer: false });
		file.write(`${file.text}more garbage\n`);
		assert.deepEqual(await rowsOf(book), [a, b, c]);
		assert.deepEqual([troubles.length, file.disk.aside.size], [1, 2]);
	});

	it('does so with one of a later version', async () => {
		const file = fileWith(ledgerHead + ledgerLine(a).replace(/,1\n$/, ',7\n'));
		const { book, troubles } = openBook(file);
		assert.deepEqual(await rowsOf(book), [a]);
		assert.deepEqual(troubles, [{ kind: 'newer', path: 'aside 1' }]);
	});

	it('does so with one that nobody can read', async () => {
		const file = fileWith(ledgerHead + ledgerLine(a));
		file.refuses.add('read');
		const { book, troubles } = openBook(file);
		await book.add(b);
		assert.deepEqual(await rowsOf(book), [b]);
		assert.deepEqual(troubles, [{ kind: 'unreadable', path: 'aside 1' }]);
		assert.equal(file.disk.aside.get('aside 1'), ledgerHead + ledgerLine(a));
	});

	it('is content if another window has set it aside already', async () => {
		const file = fileWith('garbage\n');
		file.setAside = async () => {
			file.write(ledgerHead + ledgerLine(a));
			return undefined;
		};
		const { book, troubles } = openBook(file);
		await book.rows();
		assert.deepEqual(await rowsOf(book), [a]);
		assert.deepEqual(troubles, []);
	});

	it('goes on with what it can read of a file that cannot be set aside', async () => {
		const file = fileWith(`${ledgerHead}${ledgerLine(a)}garbage\n`);
		file.refuses.add('setAside');
		const { book, troubles } = openBook(file);
		await book.add(b);
		assert.deepEqual(await rowsOf(book), [a, b]);
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
		assert.deepEqual(await rowsOf(book), [a, b]);
		assert.deepEqual(
			troubles.map(({ kind }) => kind),
			['not-writable'],
		);
		file.refuses.clear();
		await book.add(c);
		assert.deepEqual(readLedger(file.text ?? '').rows, [a, b, c]);
		assert.deepEqual(await rowsOf(book), [a, b, c]);
		assert.equal(troubles.length, 1);
	});

	it('remembers what it has read of a damaged file when no new one can be written', async () => {
		const file = fileWith(`${ledgerHead}${ledgerLine(a)}garbage\n`);
		file.refuses.add('append');
		const { book, troubles } = openBook(file);
		assert.deepEqual(await rowsOf(book), [a]);
		assert.deepEqual(await rowsOf(book), [a]);
		assert.deepEqual(
			troubles.map(({ kind }) => kind),
			['not-writable', 'damaged'],
		);
	});

	it('reads anew what was changed, and knows no more what is not in it', async () => {
		const file = fileWith(ledgerHead + ledgerLine(a) + ledgerLine(b));
		const { book, troubles } = openBook(file);
		assert.deepEqual(await rowsOf(book), [a, b]);
		file.write(ledgerHead + ledgerLine(c));
		assert.deepEqual(await rowsOf(book), [c]);
		file.disk.text = undefined;
		assert.deepEqual(await rowsOf(book), []);
		assert.deepEqual(troubles, []);
	});

	it('takes a row once that was found half written, and no row of what is no more than half', async () => {
		const file = fileWith(ledgerHead + ledgerLine(a).slice(0, -1));
		const { book, troubles } = openBook(file);
		assert.deepEqual(await rowsOf(book), [a]);
		file.write(ledgerHead + ledgerLine(a) + ledgerLine(b).slice(0, 30));
		assert.deepEqual(await rowsOf(book), [a]);
		file.write(ledgerHead + ledgerLine(a) + ledgerLine(b));
		assert.deepEqual(await rowsOf(book), [a, b]);
		assert.deepEqual(troubles, []);
	});

	it('takes all over of a damaged file, however much it is', async () => {
		const all = Array.from({ length: 1201 }, (_, index) => settlement({ job: `job ${index}` }));
		const file = fileWith(`${ledgerHead}garbage\n${all.map(ledgerLine).join('')}`);
		const { book, troubles } = openBook(file);
		assert.deepEqual(await rowsOf(book), all);
		assert.equal(file.text, ledgerHead + all.map(ledgerLine).join(''));
		assert.deepEqual(await rowsOf(book), all);
		assert.deepEqual(troubles, [{ kind: 'damaged', lines: 1, path: 'aside 1' }]);
	});

	it('is kept in mind alone where there is no disk at all', async () => {
		const file = new MemoryFile();
		for (const act of ['news', 'append', 'setAside'] as const) file.refuses.add(act);
		const { book, troubles } = openBook(file);
		await book.add(a);
		await book.add(b);
		assert.deepEqual(await rowsOf(book), [a, b]);
		assert.deepEqual(
			troubles.map(({ kind }) => kind),
			['not-readable', 'not-writable'],
		);
	});
});
