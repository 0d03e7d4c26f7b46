/** Bytes of a block. To write so many in one step takes a tenth of a millisecond, at worst one. */
export const blockSize = 2 ** 18;

/** Two megabytes: what three long strings that arrive at the same time have in hand. */
const mostFree = 8;

/** Blocks to be filled again. For all: what is long in memory no garbage collector hurries to take, and a new block for each picture lies around. */
const free: Buffer[] = [];

/** An empty block to be filled. Whoever does not need it any more gives it back, once. */
export function lendBlock(): Buffer {
	return free.pop() ?? Buffer.allocUnsafeSlow(blockSize);
}

/** Nobody reads it any more. What is no whole block is left to the garbage collector. */
export function giveBack(block: Buffer): void {
	if (block.length === blockSize && free.length < mostFree) free.push(block);
}
