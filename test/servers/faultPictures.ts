import type { Fault } from './fault';
import { claimingToMeasure } from './png';

const page = new TextEncoder().encode('<!doctype html><script>document.title = "not a picture"</script>');
const smallGif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Pictures that are not what was asked for. The answer around them is as it should be. */
export const pictureFaults = {
	'not-an-image': { says: 'a page instead of the first picture', pictures: ([, ...rest]) => [page, ...rest] },
	'zero-bytes': {
		says: 'no bytes instead of the first picture',
		pictures: ([, ...rest]) => [new Uint8Array(), ...rest],
	},
	'wrong-type': { says: 'a small GIF instead of the first picture', pictures: ([, ...rest]) => [smallGif, ...rest] },
	'cut-image': {
		says: 'the first half of the first picture',
		pictures: ([first, ...rest]) => (first ? [first.subarray(0, first.length / 2), ...rest] : rest),
	},
	'pixel-bomb': {
		says: 'a first picture (PNG) that claims to be 60000 pixels wide and high',
		pictures: ([first, ...rest]) => (first ? [claimingToMeasure(first, 60_000, 60_000), ...rest] : rest),
	},
	empty: { says: 'no pictures', pictures: () => [] },
	fewer: { says: 'one picture less', pictures: (files) => files.slice(1) },
	more: { says: 'one picture more', pictures: (files) => [...files, ...files.slice(0, 1)] },
	duplicate: { says: 'the first picture in all places', pictures: (files) => files.map(() => files[0] ?? page) },
} as const satisfies Readonly<Record<string, Fault>>;
