/** A model as Replicate's own pages name it: `owner/name`, or `owner/name:version`. */
export interface ReplicateName {
	/** `/models/owner/name`. */
	readonly path: string;
	readonly version?: string;
}

/** Each part begins with a letter or a digit, so that none of them leads elsewhere. `undefined`: this is no such name. */
export function parseName(name: string): ReplicateName | undefined {
	const [, owner, own, version] = /^(\w[\w.-]*)\/(\w[\w.-]*)(?::(\w[\w.-]*))?$/.exec(name) ?? [];
	if (owner === undefined || own === undefined) return undefined;
	return { path: `/models/${owner}/${own}`, ...(version !== undefined && { version }) };
}
