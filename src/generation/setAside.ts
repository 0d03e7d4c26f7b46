import { readHead } from './journalRecord';

/** How a record begins. `isClaimed`: it is this owner's because another had left it. */
interface Head {
	readonly line: string;
	readonly isMine: boolean;
	readonly isClaimed: boolean;
}

/**
 * What is set aside for jobs that somebody else began: those included that are gone, nobody knows yet what became of it, and those that
 * this one has taken over from them. Never rejects.
 */
export async function setAsideElsewhere(heads: () => Promise<readonly Head[]>, onFault: (fault: unknown) => void) {
	const found = await heads().catch((fault: unknown) => {
		onFault(fault);
		return [];
	});
	return found.flatMap(({ line, isMine, isClaimed }) => {
		const { id = '', at = '', usd } = (isMine && !isClaimed ? undefined : readHead(line)) ?? {};
		return usd === undefined ? [] : [{ id, at, usd }];
	});
}
