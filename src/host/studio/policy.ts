/**
 * What a webview may load and run: pictures, styles and fonts of `source`, and the one script that carries the nonce. All else is refused
 * by the first line, frames, workers and connections of every kind too.
 */
export function policyOf(source: string, nonce: string): string {
	return [
		"default-src 'none'",
		`img-src ${source} blob:`,
		`style-src ${source}`,
		`font-src ${source}`,
		`script-src 'nonce-${nonce}'`,
		"base-uri 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
	].join('; ');
}
