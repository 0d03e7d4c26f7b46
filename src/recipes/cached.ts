interface Cache<K, V> {
	get(key: K): V | undefined;
	set(key: K, value: V): unknown;
}

/** What was asked for once is not asked for again, not even while the answer is on its way. */
export async function cached<K, V>(known: Cache<K, Promise<V>>, key: K, ask: () => Promise<V>): Promise<V> {
	const found = known.get(key);
	if (found) return found;
	const asked = ask();
	known.set(key, asked);
	return asked;
}
