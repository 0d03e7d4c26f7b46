import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import * as z from 'zod';

/** Servers of this machine that nobody may reach, and how often somebody did. */
export interface Listeners {
	/** At `127.0.0.1`, and at `::1` where the machine has it. */
	readonly ports: { readonly ipv4: readonly number[]; readonly ipv6: readonly number[] };
	/** Connections since the last time that this was asked. */
	readonly taken: () => number;
	readonly close: () => void;
}

export async function listenEverywhere(): Promise<Listeners> {
	let count = 0;
	const open = async (host: string): Promise<Server | undefined> => {
		const server = createServer((socket) => {
			count++;
			socket.on('error', () => undefined).destroy();
		});
		server.listen(0, host);
		return once(server, 'listening').then(
			() => server,
			() => undefined,
		);
	};
	const found = async (host: string, most: number) =>
		(await Promise.all(Array.from({ length: most }, async () => open(host)))).filter((server) => server !== undefined);
	const [ipv4, ipv6] = [await found('127.0.0.1', 3), await found('::1', 2)];
	return {
		ports: { ipv4: ipv4.map(portOf), ipv6: ipv6.map(portOf) },
		taken: () => {
			const taken = count;
			count = 0;
			return taken;
		},
		close: () => [...ipv4, ...ipv6].forEach((server) => server.close()),
	};
}

function portOf(server: Server): number {
	return z.object({ port: z.number() }).parse(server.address()).port;
}
