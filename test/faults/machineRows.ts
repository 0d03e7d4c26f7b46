import { answerFaults } from '../servers/faultAnswers';
import type { Fault } from '../servers/fault';
import { hasAddresses, isDownload } from './column';
import { foreign } from './mishaps';
import type { Mishap } from './order';
import { always, charged, each, openAndCharged, refused, type Row, well } from './row';

function disk(name: string, mishap: Mishap, expected: Row['expected']): Row {
	return { name, group: 'disk', conditions: { mishap }, expected };
}

const disks: readonly Row[] = [
	disk('full at once', { kind: 'disk-full', bytes: 0, everywhere: false }, ({ n }) => charged(n, 'no-space')),
	disk('full after 1000 bytes', { kind: 'disk-full', bytes: 1000, everywhere: false }, ({ n }) =>
		charged(n, 'no-space'),
	),
	disk('full everywhere', { kind: 'disk-full', bytes: 1000, everywhere: true }, () => ({
		...charged(0, 'no-space'),
		nowhere: true,
	})),
	disk('the folder goes before saving', { kind: 'folder-removed', when: 'saving' }, ({ n }) =>
		charged(n, 'not-writable'),
	),
	disk('the folder goes while saving', { kind: 'folder-removed', when: 'naming' }, ({ n }) =>
		charged(n, 'not-writable'),
	),
	disk('a file instead of the folder', { kind: 'not-a-folder' }, ({ n }) => ({
		...charged(n, 'not-writable'),
		foreign: 'a file of the user',
	})),
	disk('the name is taken before saving', { kind: 'name-taken', when: 'saving' }, (column) => ({
		...well(column),
		foreign,
	})),
	disk('the name is taken while saving', { kind: 'name-taken', when: 'naming' }, (column) => ({
		...well(column),
		foreign,
	})),
];

const limited: Fault = {
	says: '429, a date',
	refusal: {
		status: 429,
		type: 'requests',
		code: 'rate_limit_exceeded',
		message: 'Wait.',
		headers: { 'retry-after': 'Sun, 06 Nov 2044 08:49:37 GMT' },
	},
};

const clocks: readonly Row[] = [
	{ name: 'jumps by days', group: 'clock', conditions: { mishap: { kind: 'clock-jumps' } }, expected: well },
	{
		name: 'jumps by days, by fetch',
		group: 'clock',
		conditions: { mishap: { kind: 'clock-jumps' }, transport: 'editor' },
		expected: well,
	},
	{
		name: 'jumps while one waits for a date',
		group: 'clock',
		befall: each(limited),
		conditions: { mishap: { kind: 'clock-jumps' } },
		expected: () => refused('rate-limited'),
	},
	{
		name: 'jumps while nothing comes',
		group: 'clock',
		befall: each(answerFaults.hang),
		conditions: { mishap: { kind: 'clock-jumps' } },
		expected: (column) => (column.asksAgain ? well(column) : openAndCharged('timed-out')),
	},
];

function cancelled(name: string, fault: Fault | undefined, afterMs: number, rest: Partial<Row>): Row {
	return {
		name,
		group: 'cancelled',
		...(fault && { befall: () => [{ fault, options: always }] }),
		cancelling: { afterMs },
		conditions: { mishap: { kind: 'cancelled', when: 'told' } },
		expected: () => openAndCharged('cancelled'),
		...rest,
	};
}

const slow: Fault = {
	says: '429, 30 s',
	refusal: {
		status: 429,
		type: 'requests',
		code: 'rate_limit_exceeded',
		message: 'Wait.',
		headers: { 'retry-after': '30' },
	},
};

const cancels: readonly Row[] = [
	{
		name: 'before anything is sent',
		group: 'cancelled',
		conditions: { mishap: { kind: 'cancelled', when: 'before' } },
		expected: () => ({ ...refused('cancelled'), unsent: true }),
	},
	cancelled('while the server works', answerFaults.hang, 100, {}),
	cancelled('while the server works, by fetch', answerFaults.hang, 100, {
		conditions: { mishap: { kind: 'cancelled', when: 'told' }, transport: 'editor' },
	}),
	cancelled('in the middle of the answer', answerFaults.stall, 150, {}),
	cancelled('in the middle of the answer, by fetch', answerFaults.stall, 150, {
		conditions: { mishap: { kind: 'cancelled', when: 'told' }, transport: 'editor' },
	}),
	cancelled('while one waits to ask again', slow, 50, {
		conditions: { mishap: { kind: 'cancelled', when: 'told' }, haste: 50 },
		expected: () => refused('cancelled'),
	}),
	cancelled('between polls', undefined, 50, {
		of: ({ polls }) => polls === true,
		endless: true,
		cancelling: { afterMs: 50, request: 'poll' },
		conditions: { mishap: { kind: 'cancelled', when: 'told' }, haste: 50 },
		// What has not begun may be stopped in time.
		expected: () => ({ ...openAndCharged('cancelled'), charges: [0, 1] }),
	}),
	{
		...cancelled('while a picture comes', undefined, 100, {}),
		of: hasAddresses,
		addressed: true,
		befall: each({ says: 'silence', answer: () => 'silence' }, { times: Infinity, when: isDownload }),
		cancelling: { afterMs: 100, request: 'download' },
		expected: () => ({ ...openAndCharged('cancelled'), told: ['unknown', 'yes'] }),
	},
];

/** What goes wrong on the person's own machine, or is wanted by the person. */
export const machineRows: readonly Row[] = [...disks, ...clocks, ...cancels];
