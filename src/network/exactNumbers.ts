/** A string, which is left alone, or a whole number of so many digits that it may be beyond 2^53. */
const longNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])-?\d{16,}(?![\w.])/g;

/** Whole numbers that JavaScript cannot hold become strings of their digits: seeds are as long (Runware reference, *Parameters*). */
export function withExactNumbers(json: string): string {
	if (!/\d{16}/.test(json)) return json;
	return json.replace(longNumber, (found) =>
		found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
	);
}
