import { randomUUID } from 'node:crypto';
import { type Disposable, type LogOutputChannel, Uri } from 'vscode';
import { LedgerFile } from '../disk/ledgerFile';
import { RecordFiles } from '../disk/recordFiles';
import { english, type Message } from '../domain/message';
import { systemClock } from '../generation/clock';
import { setAsideElsewhere } from '../generation/setAside';
import { Book } from '../spending/book';
import { SharedPurse } from './purse';
import { troubleSentence } from './spendingWords';
import { tell } from './tell';
import { translate } from './translate';
import { dateAndTime } from '../generation/localTime';

/** What Limn writes down of jobs and of money, for all windows. */
export interface OwnFiles extends Disposable {
	readonly records: RecordFiles;
	readonly purse: SharedPurse;
	/** The CSV of what was spent. */
	readonly ledger: Uri;
	/** Tells the person what is wrong with these files, once. */
	readonly warn: (message: Message) => void;
}

/** Opens them below Limn's own folder. Nothing is read yet. */
export function openOwnFiles(storage: Uri, log: LogOutputChannel): OwnFiles {
	const { now } = systemClock;
	const journal = Uri.joinPath(storage, 'journal').fsPath;
	const records = new RecordFiles(journal, { id: randomUUID(), now }, (fault) => log.warn(String(fault)));
	const ledger = Uri.joinPath(storage, 'ledger.csv');
	const today = () => dateAndTime(new Date(now())).date;
	const book = new Book(new LedgerFile(ledger.fsPath, today), (trouble) => {
		if ('fault' in trouble) log.error(String(trouble.fault));
		void tell('warning', troubleSentence(trouble));
	});
	const purse = new SharedPurse({
		book,
		now,
		elsewhere: async () =>
			setAsideElsewhere(
				async () => records.heads(),
				(fault) => log.warn(String(fault)),
			),
	});
	const told = new Set<string>();
	const warn = (message: Message) => {
		if (told.has(english(message))) return;
		told.add(english(message));
		void tell('warning', translate(message));
	};
	const dispose = () => {
		purse.dispose();
		void records.dispose().catch((fault: unknown) => log.warn(String(fault)));
	};
	return { records, purse, ledger, warn, dispose };
}
