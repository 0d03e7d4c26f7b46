import type { Charged, FailureCode } from '../../src/domain/imageError';
import type { Fault } from '../servers/fault';
import type { FaultOptions } from '../servers/faults';
import type { Column } from './column';
import type { Order } from './order';

/** What must come of a cell, by the promises alone. */
export interface Expected {
	/** What a failure may be called. None: nothing may fail. */
	readonly codes: readonly FailureCode[];
	/** What a failure may say of the money. */
	readonly told: readonly Charged[];
	/** How many works the server may have billed. */
	readonly charges: readonly number[];
	/** How many pictures came whole: so many, at least, are saved or kept. */
	readonly whole: number;
	/** Absent: as many as were asked for. Real ms, beyond which it is a hang; 2 s are on top. */
	readonly withinMs?: number;
	/** There is nowhere to keep anything: what came whole is lost, and said to be. */
	readonly nowhere?: true;
	/** A file of somebody else's that must be as it was. */
	readonly foreign?: string;
	/** No request may have been sent. */
	readonly unsent?: true;
}

export interface Befalling {
	readonly fault: Fault;
	readonly options: FaultOptions;
}

/** Servers that no emulator can be. */
export type Neighbour = 'self-signed' | 'closed' | 'unknown name' | 'resets at once';

/** When the parent cancels: so many ms after the first request has come. */
export interface Cancelling {
	readonly afterMs: number;
	/** Which request is waited for; the first of all unless told. */
	readonly request?: 'poll' | 'download';
}

/** One thing that goes wrong. */
export interface Row {
	readonly name: string;
	readonly group: string;
	/** Which columns it can befall; all unless told. */
	readonly of?: (column: Column) => boolean;
	readonly befall?: (column: Column) => readonly Befalling[];
	/** Pictures come by address. */
	readonly addressed?: true;
	/** Work is never done. */
	readonly endless?: true;
	/** Between the pieces of slow answers, in ms. */
	readonly pauseMs?: number;
	readonly neighbour?: Neighbour;
	readonly conditions?: Partial<Pick<Order, 'timeoutMs' | 'stallMs' | 'transport' | 'mishap' | 'haste' | 'names'>>;
	readonly cancelling?: Cancelling;
	/** In a process of its own, and nothing else beside it. */
	readonly isHeavy?: true;
	readonly expected: (column: Column) => Expected;
}

/** Refused: no work was done, and the client can know it. */
export function refused(...codes: FailureCode[]): Expected {
	return { codes, told: ['no'], charges: [0], whole: 0 };
}

/** Nobody can know whether work was done; here it was. */
export function openAndCharged(...codes: FailureCode[]): Expected {
	return { codes, told: ['unknown'], charges: [1], whole: 0 };
}

/** Nobody can know whether work was done; here it was not. */
export function openAndFree(...codes: FailureCode[]): Expected {
	return { codes, told: ['unknown'], charges: [0], whole: 0 };
}

/** Work was done, and the client can see that much: whether it was billed, only some say. */
export function charged(whole: number, ...codes: FailureCode[]): Expected {
	return { codes, told: ['yes', 'unknown'], charges: [1], whole };
}

/** All is well in the end. */
export function well({ n }: Column): Expected {
	return { codes: [], told: [], charges: [1], whole: n };
}

/** Who can ask for the work gets it all the same; the others do not know what became of it. */
export function lostAnswer(...codes: FailureCode[]): (column: Column) => Expected {
	return (column) => (column.asksAgain ? well(column) : openAndCharged(...codes));
}

/** Every request that orders something. */
export const always: FaultOptions = { times: Infinity };

export function each(fault: Fault, options: FaultOptions = always): NonNullable<Row['befall']> {
	return () => [{ fault, options }];
}
