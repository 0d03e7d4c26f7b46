import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { LedgerFile } from '../disk/ledgerFile';
import { RecordFiles } from '../disk/recordFiles';
import { systemClock } from '../generation/clock';
import { dateAndTime, sinceOf } from '../generation/localTime';
import { setAsideElsewhere } from '../generation/setAside';
import { Accounts } from '../spending/accounts';
import { Book, type Trouble } from '../spending/book';
import type { Limits } from '../spending/budget';

/** What is written down of jobs and of money, for all commands that run. */
export interface Purse {
	readonly records: RecordFiles;
	readonly accounts: Accounts;
}

/** Opens both below Limn's own folder. Nothing is read yet. */
export function openPurse(home: string, limits: Limits, tell: (words: string) => void): Purse {
	const { now } = systemClock;
	const onFault = (fault: unknown) => tell(String(fault));
	const records = new RecordFiles(path.join(home, 'journal'), { id: randomUUID(), now }, onFault);
	const ledger = new LedgerFile(path.join(home, 'ledger.csv'), () => dateAndTime(new Date(now())).date);
	const accounts = new Accounts({
		book: new Book(ledger, (trouble) => tell(wordsOf(trouble))),
		limits: () => limits,
		since: () => sinceOf(new Date(now())),
		elsewhere: async () => setAsideElsewhere(async () => records.heads(), onFault),
	});
	return { records, accounts };
}

function wordsOf(trouble: Trouble): string {
	switch (trouble.kind) {
		case 'damaged':
		case 'unreadable':
			return `The list of what was spent is damaged. A new one was begun; the old one is kept at ${trouble.path}.`;
		case 'newer':
			return `A newer version of Limn wrote the list of what was spent. It is kept at ${trouble.path}.`;
		case 'not-readable':
			return `The list of what was spent cannot be read, so budgets may be passed: ${String(trouble.fault)}`;
		case 'not-writable':
			return `What is spent cannot be written down: ${String(trouble.fault)}`;
	}
}
