import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './systemError';

/** A process, told from others that have its number: before it, after it, or on another machine. */
export interface ProcessMark {
	readonly pid: number;
	/** See {@link thisMachine}. */
	readonly machine: string;
	/** Of this machine's processes no two have number and beginning alike. */
	readonly began: string;
}

export function thisProcess(): ProcessMark {
	const { pid } = process;
	return { pid, machine: thisMachine(), began: lookAt(pid)?.began ?? ownBeginning() };
}

/** Whether a process runs still. `undefined`: nobody can tell from here. */
export function stillRuns({ pid, machine, began }: ProcessMark): boolean | undefined {
	if (machine !== thisMachine()) return undefined;
	if (!mayRun(pid)) return false;
	const found = lookAt(pid)?.began ?? (pid === process.pid ? ownBeginning() : undefined);
	return found === undefined ? undefined : found === began;
}

/** Whether this machine has a process of that number, whichever it is. */
export function mayRun(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		// Any other refusal says that there is one, and that it is somebody else's.
		return codeOf(error) !== 'ESRCH';
	}
	const state = lookAt(pid)?.state;
	// It has ended, and its parent has not asked how.
	return state !== 'Z' && state !== 'X';
}

let known: string | undefined;

/** Where numbers of processes mean the same: 16 hex digits for this machine, or for this container on it. */
export function thisMachine(): string {
	const parts = [
		hostname(),
		tried(() => readFileSync('/etc/machine-id', 'utf8')),
		tried(() => readlinkSync(namespace)),
	];
	known ??= createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
	return known;
}

const namespace = '/proc/self/ns/pid';

/** What Linux tells of a process: its state, a letter, and when it began, in ticks since the machine did. */
function lookAt(pid: number): { readonly state: string; readonly began: string } | undefined {
	const text = tried(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
	// The second field is the process's name in brackets, which may itself hold brackets and blanks.
	const [state, ...fields] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
	const began = fields[18];
	return state === undefined || began === undefined ? undefined : { state, began };
}

function ownBeginning(): string {
	return String(performance.timeOrigin);
}

function tried<T>(look: () => T): T | undefined {
	try {
		return look();
	} catch {
		return undefined;
	}
}
