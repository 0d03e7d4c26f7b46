const most = { names: 20, letters: 60 };

/** Names or values of a model author's, as many and as long as a warning can hold. */
export function listed(names: readonly (string | number)[]): string {
	const shown = names.slice(0, most.names).map((name) => shortened(String(name)));
	return [...shown, ...(names.length > most.names ? ['…'] : [])].join(', ') || '–';
}

function shortened(name: string): string {
	return name.length > most.letters ? `${name.slice(0, most.letters)}…` : name;
}
