/** Rows as lines of text, cell below cell. Of wide letters the columns are a little crooked. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
	const widths: number[] = [];
	for (const row of rows)
		row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, Array.from(cell).length)));
	return rows.map((row) =>
		row
			.map((cell, index) => padded(cell, widths[index] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}

function padded(cell: string, width: number): string {
	return cell + ' '.repeat(width - Array.from(cell).length);
}
