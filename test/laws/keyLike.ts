/** Ways in which keys begin and go on, in pieces so that this file does not hold what it looks for. */
const shapes: readonly (readonly [start: string, rest: string])[] = [
	['sk', '-[A-Za-z0-9_-]{20,}'],
	['r8', '_[A-Za-z0-9]{20,}'],
	['vncy', '_[A-Za-z0-9]{20,}'],
	['lmnfl', '_[A-Za-z0-9.]{20,}'],
	['AKIA', '[A-Z0-9]{16}'],
	['AIza', '[A-Za-z0-9_-]{35}'],
	['gh[pousr]', '_[A-Za-z0-9]{36}'],
	['github', '_pat_[A-Za-z0-9_]{22,}'],
	['glpat', '-[A-Za-z0-9_-]{20}'],
	['npm', '_[A-Za-z0-9]{36}'],
	['hf', '_[A-Za-z0-9]{30,}'],
	['xox[abprs]', '-[A-Za-z0-9-]{20,}'],
	['BEGIN [A-Z ]*PRIVATE', ' KEY'],
];

const keyLike = new RegExp(shapes.map((pieces) => pieces.join('')).join('|'));

/** What in a text looks like somebody's key. */
export function keyLikeIn(text: string): string | undefined {
	return keyLike.exec(text)?.[0];
}
